use kubewright::ApiType;

#[derive(Clone, Default, ApiType)]
#[api_resource(group = "example.com", version = "v1")]
enum Part {
    #[default]
    One,
}

fn main() {
    let _ = Part::desc();
}
