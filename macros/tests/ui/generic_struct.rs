use kubewright::ApiType;

#[derive(Clone, Default, ApiType)]
#[api_resource(group = "example.com", version = "v1")]
struct Part<T> {
    #[api_resource(tag = 1)]
    value: Vec<String>,
    #[api_resource(tag = 2)]
    other: T,
}

fn main() {
    let _ = Part::<String>::desc();
}
