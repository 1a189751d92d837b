//! A kind in two versions, tied by a `From` in each direction.

/// As it was first.
pub(crate) mod v1 {
    use kubewright::meta::v1::ObjectMeta;
    use kubewright::{ApiResource, ApiType};

    /// A widget.
    #[derive(Clone, Default, ApiResource)]
    #[api_resource(group = "widgets.example.com", version = "v1", status, short_names("wd"))]
    pub(crate) struct Widget {
        pub(crate) metadata: ObjectMeta,
        #[api_resource(tag = 2)]
        pub(crate) spec: WidgetSpec,
        #[api_resource(tag = 3, omit = "empty")]
        pub(crate) status: WidgetStatus,
    }

    #[derive(Clone, Default, ApiType)]
    #[api_resource(group = "widgets.example.com", version = "v1")]
    pub(crate) struct WidgetSpec {
        #[api_resource(tag = 1, minimum = 0, maximum = 100)]
        pub(crate) size: i32,
    }

    #[derive(Clone, Default, ApiType)]
    #[api_resource(group = "widgets.example.com", version = "v1")]
    pub(crate) struct WidgetStatus {
        #[api_resource(tag = 1, omit = "empty")]
        pub(crate) phase: String,
    }
}

/// As it is stored.
pub(crate) mod v2 {
    use kubewright::meta::v1::ObjectMeta;
    use kubewright::{ApiResource, ApiType};

    use super::v1;

    /// A widget that has a colour.
    #[derive(Clone, Default, ApiResource)]
    #[api_resource(
        group = "widgets.example.com",
        version = "v2",
        status,
        short_names("wd"),
        scale(replicas = ".spec.width", observed = ".status.width"),
        column(name = "Name", cell = ".metadata.name", format = "name"),
        column(name = "Width", cell = ".spec.width", ty = "integer"),
        column(name = "Colour", cell = ".spec.colour")
    )]
    pub(crate) struct Widget {
        pub(crate) metadata: ObjectMeta,
        #[api_resource(tag = 2)]
        pub(crate) spec: WidgetSpec,
        #[api_resource(tag = 3, omit = "empty")]
        pub(crate) status: WidgetStatus,
    }

    #[derive(Clone, Default, ApiType)]
    #[api_resource(group = "widgets.example.com", version = "v2")]
    pub(crate) struct WidgetSpec {
        #[api_resource(tag = 1, minimum = 0, maximum = 100)]
        pub(crate) width: i32,
        /// The first version does not have it.
        #[api_resource(tag = 2, default = "\"grey\"", values("grey", "red"))]
        pub(crate) colour: Option<String>,
    }

    #[derive(Clone, Default, ApiType)]
    #[api_resource(group = "widgets.example.com", version = "v2")]
    pub(crate) struct WidgetStatus {
        #[api_resource(tag = 1, omit = "empty")]
        pub(crate) phase: String,
        #[api_resource(tag = 2, omit = "empty")]
        pub(crate) width: i32,
    }

    impl From<v1::Widget> for Widget {
        fn from(old: v1::Widget) -> Self {
            Self {
                metadata: old.metadata,
                spec: WidgetSpec { width: old.spec.size, colour: None },
                status: WidgetStatus { phase: old.status.phase, width: 0 },
            }
        }
    }

    impl From<Widget> for v1::Widget {
        fn from(new: Widget) -> Self {
            Self {
                metadata: new.metadata,
                spec: v1::WidgetSpec { size: new.spec.width },
                status: v1::WidgetStatus { phase: new.status.phase },
            }
        }
    }
}
