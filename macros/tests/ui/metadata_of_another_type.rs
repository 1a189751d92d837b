use kubewright::registry::Resource;
use kubewright::{ApiResource, ApiType};

#[derive(Clone, Default, ApiResource)]
#[api_resource(group = "example.com", version = "v1")]
struct Widget {
    metadata: String,
    #[api_resource(tag = 2)]
    spec: String,
}

fn main() {
    let _ = Resource::of::<Widget>();
    let _ = (Widget::desc(), WidgetList::default().items == [Widget::default()]);
}
