//! Where submissions are kept: a folder, or a bucket of any store that speaks S3.
//!
//! What two receivers may rely on differs between stores, so it is tried out, not believed: at the first start several
//! objects of one name are created at once. Only where exactly one succeeds are conditional writes used; anywhere else
//! receivers keep one another out by claims (`claim.rs`). The outcome is written down in the store, because two receivers
//! that did not agree on it would not see each other.

use crate::json::{Value, object, parse};
use futures_util::future::join_all;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{Certificate, ClientOptions, ObjectStore, ObjectStoreExt, PutMode, PutPayload, RetryConfig};
use std::sync::Arc;
use std::time::Duration;

/// How two receivers on one store are kept from both storing something under one seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// The store creates an object only where none is.
    Create,
    /// Receivers announce themselves and look who else is there.
    Claim,
}

/// Why a store cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// Neither a folder nor an S3 address.
    #[error("“{0}” is no store; give a folder, file:///FOLDER or s3://BUCKET/PREFIX with --store")]
    Address(String),
    /// The folder cannot be made.
    #[error("the folder {0} cannot be used: {1}; choose another with --store")]
    Folder(String, std::io::Error),
    /// The store does not answer as it should.
    #[error(
        "the store cannot be used: {0}{cause}; check the address and, for s3://, AWS_ENDPOINT, AWS_REGION, \
         AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, for a certificate of an authority of your own, AWS_CA_BUNDLE",
        cause = cause(.0)
    )]
    Store(#[from] object_store::Error),
    /// The certificates that the store's is to be checked with.
    #[error("the certificates in {0} cannot be used: {1}; AWS_CA_BUNDLE has to name a file with some in PEM form")]
    Authorities(String, String),
    /// What other receivers wrote down about the store does not hold here.
    #[error(
        "this store was first used with conditional writes, which do not work now; unset AWS_CONDITIONAL_PUT, or \
         stop all receivers, delete layout.json and start them again"
    )]
    Disagreement,
}

/// A store and what may be relied on in it.
#[derive(Clone, Debug)]
pub struct Place {
    /// The objects.
    pub objects: Arc<dyn ObjectStore>,
    /// How receivers are kept apart.
    pub guard: Guard,
}

/// What is at the bottom of an error, such as a certificate that nobody vouches for.
fn cause(error: &object_store::Error) -> String {
    let mut last: &dyn std::error::Error = error;
    while let Some(next) = last.source() {
        last = next;
    }
    let (said, last) = (error.to_string(), last.to_string());
    if said.contains(&last) { String::new() } else { format!(" ({last})") }
}

/// Where it is written down what receivers agreed on. It is there as long as the store is.
pub const LAYOUT: &str = "layout.json";

/// Longest wait for one answer of the store.
const ANSWER: Duration = Duration::from_secs(15);

impl Place {
    /// Opens the store at an address and makes sure that it works.
    ///
    /// # Errors
    /// Refuses what is no store, or one that cannot be written to.
    pub async fn open(address: &str) -> Result<Self, PlaceError> {
        let objects = connect(address)?;
        let layout = Path::from(LAYOUT);
        let known = match objects.get(&layout).await {
            Ok(found) => Some(found.bytes().await?),
            Err(object_store::Error::NotFound { .. }) => None,
            Err(error) => return Err(error.into()),
        };
        let guard = match known.as_deref().and_then(agreed) {
            Some(guard) => guard,
            None => {
                let guard = tried(objects.as_ref()).await?;
                let word = if guard == Guard::Create { "create" } else { "claim" };
                let text = object([("layout", 1_u32.into()), ("guard", word.into())]).to_string();
                objects.put(&layout, text.into()).await?;
                // Whoever wrote last decides for all who start at the same time.
                agreed(&objects.get(&layout).await?.bytes().await?).unwrap_or(guard)
            }
        };
        if guard == Guard::Create && known.is_some() && tried(objects.as_ref()).await? == Guard::Claim {
            return Err(PlaceError::Disagreement);
        }
        Ok(Self { objects, guard })
    }
}

fn connect(address: &str) -> Result<Arc<dyn ObjectStore>, PlaceError> {
    let unknown = || PlaceError::Address(address.to_owned());
    let Some((scheme, rest)) = address.split_once("://") else {
        return folder(std::path::Path::new(address.strip_prefix("file:").unwrap_or(address)));
    };
    match scheme {
        "file" => {
            let url = url::Url::parse(address).map_err(|_| unknown())?;
            folder(&url.to_file_path().map_err(|()| unknown())?)
        }
        "s3" => {
            let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
            if bucket.is_empty() {
                return Err(unknown());
            }
            // Where another provider of cryptography was installed before, that one serves.
            let _ = rustls::crypto::ring::default_provider().install_default();
            let mut settings = AmazonS3Builder::from_env();
            let plain = settings.get_config_value(&"aws_allow_http".parse()?).is_some_and(|value| value == "true");
            let mut options = ClientOptions::new()
                .with_timeout(ANSWER)
                .with_connect_timeout(Duration::from_secs(5))
                .with_allow_http(plain);
            for authority in authorities()? {
                options = options.with_root_certificate(authority);
            }
            let retries =
                RetryConfig { max_retries: 2, retry_timeout: Duration::from_secs(10), ..RetryConfig::default() };
            settings = settings.with_bucket_name(bucket).with_client_options(options).with_retry(retries);
            let store = settings.build()?;
            let prefix = prefix.trim_matches('/');
            Ok(if prefix.is_empty() { Arc::new(store) } else { Arc::new(PrefixStore::new(store, prefix)) })
        }
        _ => Err(unknown()),
    }
}

/// Whose certificates are believed beside those of the system, by the variable that other S3 programs read too.
fn authorities() -> Result<Vec<Certificate>, PlaceError> {
    let Some(file) = std::env::var_os("AWS_CA_BUNDLE").filter(|file| !file.is_empty()) else { return Ok(Vec::new()) };
    let refused = |error: String| PlaceError::Authorities(file.display().to_string(), error);
    let pem = std::fs::read(&file).map_err(|error| refused(error.to_string()))?;
    match Certificate::from_pem_bundle(&pem) {
        Ok(found) if found.is_empty() => Err(refused("there are none".to_owned())),
        found => found.map_err(|error| refused(error.to_string())),
    }
}

fn folder(path: &std::path::Path) -> Result<Arc<dyn ObjectStore>, PlaceError> {
    let refused = |error| PlaceError::Folder(path.display().to_string(), error);
    std::fs::create_dir_all(path).map_err(refused)?;
    // A receipt promises that the file is kept: it is given only once the disk has it.
    Ok(Arc::new(LocalFileSystem::new_with_prefix(path)?.with_fsync(true)))
}

/// What receivers agreed on, as it is written in the store.
fn agreed(layout: &[u8]) -> Option<Guard> {
    match parse(layout).ok()?.get("guard").and_then(Value::as_str)? {
        "create" => Some(Guard::Create),
        "claim" => Some(Guard::Claim),
        _ => None,
    }
}

/// Creates one object several times at once and counts who succeeds.
async fn tried(objects: &dyn ObjectStore) -> Result<Guard, PlaceError> {
    let probe = Path::from(format!("probe/{}", super::chance::word().map_err(object_store::Error::from)?));
    let creations = (0..8)
        .map(|number: u8| objects.put_opts(&probe, PutPayload::from(vec![b'0' + number]), PutMode::Create.into()));
    let outcomes = join_all(creations).await;
    let created = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    let refused = |error: &object_store::Error| {
        use object_store::Error::{AlreadyExists, NotImplemented};
        matches!(error, AlreadyExists { .. } | NotImplemented { .. })
    };
    let unexpected = outcomes.into_iter().filter_map(Result::err).find(|error| !refused(error));
    if created > 0 {
        objects.delete(&probe).await?;
    }
    match unexpected {
        // A store that answers a race with an error of its own kind cannot be relied on in one.
        Some(error) if created == 0 => Err(error.into()),
        _ => Ok(if created == 1 { Guard::Create } else { Guard::Claim }),
    }
}
