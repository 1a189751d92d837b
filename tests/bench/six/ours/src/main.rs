//! Reads an object of one of six kinds from JSON and says its name.

use std::io::Read;

use kubernetes_types::apps::v1::Deployment;
use kubernetes_types::batch::v1::Job;
use kubernetes_types::core::v1::{ConfigMap, Pod, Secret, Service};
use kubewright::codec::json;
use kubewright::object::{ApiType, Message};

fn read<T: ApiType>(text: &[u8]) -> Result<T, json::JsonError> {
    let mut object = T::default();
    json::decode(text, &mut object as &mut dyn Message, None)?;
    Ok(object)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut text = Vec::new();
    std::io::stdin().read_to_end(&mut text)?;
    let name = match std::env::args().nth(1).as_deref() {
        Some("Pod") => read::<Pod>(&text)?.metadata.name,
        Some("Service") => read::<Service>(&text)?.metadata.name,
        Some("ConfigMap") => read::<ConfigMap>(&text)?.metadata.name,
        Some("Secret") => read::<Secret>(&text)?.metadata.name,
        Some("Deployment") => read::<Deployment>(&text)?.metadata.name,
        Some("Job") => read::<Job>(&text)?.metadata.name,
        _ => return Err("which kind?".into()),
    };
    println!("{name}");
    Ok(())
}
