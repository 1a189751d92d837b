//! How Go spells the types of fields: decode errors name them.

use kubewright_model::{Desc, Field, Ref, Shape, Type};

/// The Go type of a message, such as `v1.PodSpec`.
pub(crate) fn message(desc: &Desc) -> String {
    let package = desc.package.rsplit('.').next().unwrap_or_default();
    if package.is_empty() { desc.name.clone().into_owned() } else { format!("{package}.{}", desc.name) }
}

/// The Go type of a whole field, such as `[]v1.Container` or `map[string]string`.
pub(crate) fn field(field: &Field) -> String {
    let element = element(&field.ty);
    match field.shape {
        Shape::One => element,
        Shape::List => format!("[]{element}"),
        Shape::Map => format!("map[string]{element}"),
        Shape::MapOfLists => format!("map[string][]{element}"),
    }
}

fn element(ty: &Type) -> String {
    let name = match ty {
        Type::Bool => "bool",
        Type::I32 => "int32",
        Type::I64 => "int64",
        Type::F64 => "float64",
        Type::String => "string",
        Type::Bytes => "[]uint8",
        Type::Message(part) => return part.desc().map_or_else(|| Ref::proto_name(part), message),
    };
    name.to_owned()
}
