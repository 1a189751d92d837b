use kubewright::ApiType;

#[derive(Clone, Default, ApiType)]
#[api_resource(group = "example.com", version = "v1")]
struct Part {
    #[api_resource(tag = 1)]
    some_text: String,
    #[api_resource(tag = 2, name = "someText")]
    other: String,
}

fn main() {
    let _ = Part::desc();
    let _ = format!("{:?}", Part::default());
}
