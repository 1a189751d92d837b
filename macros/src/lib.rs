//! `#[derive(ApiResource)]` and `#[derive(ApiType)]`: hand-written structs as API resources, with the same descriptor that schemas give.

mod attr;
mod expand;
mod fallback;
mod input;
mod kind;
mod scope;

use proc_macro::TokenStream;

/// Makes a struct a kind of an API.
///
/// ```
/// use kubewright::meta::v1::ObjectMeta;
/// use kubewright::{ApiResource, ApiType};
///
/// /// Something useful.
/// #[derive(Clone, Default, ApiResource)]
/// #[api_resource(group = "example.com", version = "v1", kind = "Widget")]
/// pub struct Widget {
///     pub metadata: ObjectMeta,
///     /// What it should be.
///     #[api_resource(tag = 2)]
///     pub spec: WidgetSpec,
/// }
///
/// #[derive(Clone, Default, ApiType)]
/// #[api_resource(group = "example.com", version = "v1")]
/// pub struct WidgetSpec {
///     #[api_resource(tag = 1, minimum = 0)]
///     pub size: i32,
/// }
///
/// assert_eq!(Widget::kind().plural, "widgets");
/// ```
///
/// The struct has a field `metadata: ObjectMeta`, and a field for each part of the object, such as `spec` and `status`. It may start with
/// `kind: String` and `api_version: String`, which have no protobuf number; without them the engine reads and writes both all the same.
/// It needs `Clone` and `Default`, and gets `Debug`, `PartialEq`, `Serialize` and `Deserialize`, as the wire has it.
///
/// Attributes of the struct, all in `#[api_resource(..)]`:
///
/// | attribute | meaning |
/// |---|---|
/// | `group = ".."`, `version = ".."` | where it is served; required. `group = ""` is the core group |
/// | `kind = ".."` | default: the name of the struct |
/// | `plural`, `singular`, `list_kind` | default: from the kind: `widgets`, `widget`, `WidgetList` |
/// | `scope = "Namespaced"` or `"Cluster"` | default: namespaced |
/// | `short_names(..)`, `categories(..)` | texts that clients may type |
/// | `status` | it has a status subresource; needs a field `status` |
/// | `scale(replicas = ".spec.replicas", observed = ".status.replicas", selector = "..")` | it has a scale subresource; needs the feature `server` |
/// | `column(name = "..", cell = "..", ty = "..", priority = 1)` | a column of `kubectl get`; may be repeated |
/// | `selectable(".spec.node")` | paths that field selectors may name |
/// | `key = ".."` | key prefix in the store; default: `group/plural` |
/// | `introduced`, `deprecated`, `removed = ".."` | releases: since when it is there, warns its users, is gone |
/// | `replacement = ".."` | what to use instead, as `group/version Kind` |
/// | `proto = ".."`, `openapi = ".."` | packages; default: the labels of the group reversed, and the version |
///
/// Every field but `metadata` states its protobuf number, `#[api_resource(tag = 2)]`; see [`ApiType`] for what else a field may state.
/// A doc comment becomes the description.
///
/// A struct `<Kind>List` is emitted beside it.
#[proc_macro_derive(ApiResource, attributes(api_resource))]
pub fn derive_api_resource(item: TokenStream) -> TokenStream {
    expand::resource(item.into()).into()
}

/// Makes a struct a type that fields of an API may have.
///
/// The struct states `#[api_resource(group = "..", version = "..")]`, which name its packages. Its fields are `String`, `bool`, `i32`, `i64`,
/// `f64`, `Bytes`, special types such as `Time` and `Quantity`, and other structs with this derive; `Vec` and `BTreeMap<String, _>` of them; and
/// `Option` (of a struct: `Option<Box<_>>`) where unset is told from zero. Attributes of a field:
///
/// | attribute | meaning |
/// |---|---|
/// | `tag = 1` | protobuf number; required, and never changed once released |
/// | `name = ".."` | JSON name; default: the field's in camel case |
/// | `omit = "never"`, `"empty"`, `"zero"` | when JSON leaves it out; default: `empty` for `Option`, `Vec` and maps, else `never` |
/// | `required`, `optional` | whether OpenAPI lists it as required; default: when it is never left out |
/// | `default = ".."` | JSON that an unset field gets, such as `"\"TCP\""` or `"1"` |
/// | `minimum`, `maximum`, `min_length`, `max_length`, `min_items`, `max_items`, `pattern`, `values(..)`, `immutable` | constraints |
/// | `list = "atomic"` or `"set"`, `keys("name")` | how lists merge: replaced, as a set, or item by item |
/// | `patch = "merge"`, `merge_key = ".."` | how strategic merge patch treats it |
#[proc_macro_derive(ApiType, attributes(api_resource))]
pub fn derive_api_type(item: TokenStream) -> TokenStream {
    expand::nested(item.into()).into()
}
