//! Names and protobuf forms of the types whose wire forms are written by hand. Source: apimachinery's generated.proto files.

use crate::desc::{Desc, Field, Special, Type};

impl Special {
    /// Every special type.
    pub const ALL: [Self; 9] = [
        Self::Time,
        Self::MicroTime,
        Self::Duration,
        Self::Quantity,
        Self::IntOrString,
        Self::RawExtension,
        Self::FieldsV1,
        Self::Json,
        Self::GroupVersion,
    ];

    /// Name in protobuf IDL and in schemas.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            other => other.rust_name(),
        }
    }

    /// Name of the Rust type in the runtime's `special` module.
    pub const fn rust_name(self) -> &'static str {
        match self {
            Self::Time => "Time",
            Self::MicroTime => "MicroTime",
            Self::Duration => "Duration",
            Self::Quantity => "Quantity",
            Self::IntOrString => "IntOrString",
            Self::RawExtension => "RawExtension",
            Self::FieldsV1 => "FieldsV1",
            Self::Json => "Json",
            Self::GroupVersion => "GroupVersion",
        }
    }

    /// Protobuf package.
    pub const fn package(self) -> &'static str {
        match self {
            Self::Time | Self::MicroTime | Self::Duration | Self::FieldsV1 | Self::GroupVersion => "k8s.io.apimachinery.pkg.apis.meta.v1",
            Self::Quantity => "k8s.io.apimachinery.pkg.api.resource",
            Self::IntOrString => "k8s.io.apimachinery.pkg.util.intstr",
            Self::RawExtension => "k8s.io.apimachinery.pkg.runtime",
            Self::Json => "k8s.io.apiextensions_apiserver.pkg.apis.apiextensions.v1",
        }
    }

    /// Prefix of the OpenAPI definition name.
    pub const fn openapi(self) -> &'static str {
        match self {
            Self::Time | Self::MicroTime | Self::Duration | Self::FieldsV1 | Self::GroupVersion => "io.k8s.apimachinery.pkg.apis.meta.v1",
            Self::Quantity => "io.k8s.apimachinery.pkg.api.resource",
            Self::IntOrString => "io.k8s.apimachinery.pkg.util.intstr",
            Self::RawExtension => "io.k8s.apimachinery.pkg.runtime",
            Self::Json => "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1",
        }
    }

    /// The special type of this full protobuf name.
    pub fn named(proto_name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|special| {
            proto_name.strip_suffix(special.name()).and_then(|rest| rest.strip_suffix('.')).is_some_and(|rest| rest == special.package())
        })
    }

    /// The descriptor, without fields: those are for the hand-written code alone.
    pub fn desc(self) -> Desc {
        Desc::special(self.name(), self.package(), self.openapi(), self)
    }

    /// The fields of its protobuf message.
    pub fn proto_fields(self) -> Vec<Field> {
        match self {
            Self::Time | Self::MicroTime => vec![Field::int64("seconds", 1), Field::int32("nanos", 2)],
            Self::Duration => vec![Field::int64("duration", 1)],
            Self::Quantity => vec![Field::string("string", 1)],
            Self::IntOrString => vec![Field::int64("type", 1), Field::int32("intVal", 2), Field::string("strVal", 3)],
            Self::RawExtension | Self::Json => vec![Field::new("raw", 1, Type::Bytes)],
            Self::FieldsV1 => vec![Field::new("Raw", 1, Type::Bytes)],
            Self::GroupVersion => vec![Field::string("group", 1), Field::string("version", 2)],
        }
    }
}

/// Messages of the packages of special types that no object holds by itself: the frame of an object, and forms for other languages.
pub(crate) fn companions(package: &str) -> Vec<(&'static str, Vec<Field>)> {
    match package {
        "k8s.io.apimachinery.pkg.api.resource" => vec![("QuantityValue", vec![Field::string("string", 1)])],
        "k8s.io.apimachinery.pkg.apis.meta.v1" => vec![("Timestamp", vec![Field::int64("seconds", 1), Field::int32("nanos", 2)])],
        "k8s.io.apimachinery.pkg.runtime" => vec![
            ("TypeMeta", vec![Field::string("apiVersion", 1), Field::string("kind", 2)]),
            (
                "Unknown",
                vec![
                    Field::new(
                        "typeMeta",
                        1,
                        Type::Message(crate::desc::Ref::Named(crate::desc::text("k8s.io.apimachinery.pkg.runtime.TypeMeta"))),
                    ),
                    Field::new("raw", 2, Type::Bytes),
                    Field::string("contentEncoding", 3),
                    Field::string("contentType", 4),
                ],
            ),
        ],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back() {
        for special in Special::ALL {
            assert_eq!(Special::named(&special.desc().proto_name()), Some(special));
        }
        assert_eq!(Special::named("k8s.io.apimachinery.pkg.apis.meta.v1.MicroTimes"), None);
    }
}
