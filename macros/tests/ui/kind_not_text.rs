use kubewright::meta::v1::ObjectMeta;
use kubewright::registry::Resource;
use kubewright::{ApiResource, ApiType};

#[derive(Clone, Default, ApiResource)]
#[api_resource(group = "example.com", version = "v1")]
struct Widget {
    kind: i32,
    metadata: ObjectMeta,
}

fn main() {
    let _ = Resource::of::<Widget>();
    let _ = (Widget::desc(), WidgetList::default().items == [Widget::default()]);
}
