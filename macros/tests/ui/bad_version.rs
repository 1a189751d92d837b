use kubewright::ApiType;

#[derive(Clone, Default, ApiType)]
#[api_resource(group = "example.com", version = "1")]
struct Part {
    #[api_resource(tag = 1)]
    value: String,
}

fn main() {
    let _ = Part::desc();
    let _ = format!("{:?}", Part::default());
}
