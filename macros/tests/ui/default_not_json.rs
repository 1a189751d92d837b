use kubewright::ApiType;

#[derive(Clone, Default, ApiType)]
#[api_resource(group = "example.com", version = "v1")]
struct Part {
    #[api_resource(tag = 1, default = "TCP")]
    value: String,
}

fn main() {
    let _ = Part::desc();
    let _ = format!("{:?}", Part::default());
}
