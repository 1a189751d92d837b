//! Reads an object of one of six kinds from JSON and says its name.

use std::io::Read;

use k8s_openapi::Metadata;
use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::batch::v1::Job;
use k8s_openapi::api::core::v1::{ConfigMap, Pod, Secret, Service};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde::de::DeserializeOwned;

fn read<T: DeserializeOwned + Metadata<Ty = ObjectMeta>>(text: &[u8]) -> Result<Option<String>, serde_json::Error> {
    Ok(serde_json::from_slice::<T>(text)?.metadata().name.clone())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut text = Vec::new();
    std::io::stdin().read_to_end(&mut text)?;
    let name = match std::env::args().nth(1).as_deref() {
        Some("Pod") => read::<Pod>(&text)?,
        Some("Service") => read::<Service>(&text)?,
        Some("ConfigMap") => read::<ConfigMap>(&text)?,
        Some("Secret") => read::<Secret>(&text)?,
        Some("Deployment") => read::<Deployment>(&text)?,
        Some("Job") => read::<Job>(&text)?,
        _ => return Err("which kind?".into()),
    };
    println!("{}", name.unwrap_or_default());
    Ok(())
}
