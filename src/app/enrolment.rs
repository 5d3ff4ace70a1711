//! Keys on the page that is about them, files that wait for a signature, and what happens with both.

use super::event::Checked;
use super::journal::StoredRecord;
use super::key_card::{CardRefusal, KeyCard};
use super::known::KnownKey;
use super::problem::{FilesProblem, KeyProblem, StorageProblem};
use crate::domain::{Document, DocumentId, SealId, Timestamp};
use crate::json::Value;
use crate::seal::{Credential, Examination, Finding, JoinRefusal, Jwk, Kid, Report, SigningInput, Unreadable};
use std::sync::Arc;

/// How far the reading of known keys is. They are read when a screen first needs them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// Nobody needed them.
    #[default]
    Unasked,
    /// They are being read.
    UnderWay,
    /// They are there.
    Done,
}

/// Everything about keys that is not a known key.
#[derive(Clone, Debug, Default)]
pub struct Enrolment {
    /// How far the reading of known keys is.
    pub reading: Reading,
    /// Records of keys that could not be read.
    pub unreadable: Vec<StorageProblem>,
    /// A key that was given and waits for somebody to compare its fingerprint.
    pub given: Option<Given>,
    /// What became of what was given last.
    pub told: Option<Told>,
    /// The credential that an issuer gave this tablet's key.
    pub credential: Option<Box<KeptCredential>>,
    /// Who else has to sign a draft, as chosen by hand.
    pub choice: Option<(DocumentId, Vec<Kid>)>,
    /// The file that is read here to be signed.
    pub cosigning: Option<Box<Cosigning>>,
    /// The file whose signatures are being added to a document of this tablet, and why that failed.
    pub joining: Option<(u32, Option<JoinProblem>)>,
    /// How far the change to a new key is.
    pub renewal: Option<Renewal>,
    /// The statements by which former keys of this tablet announced the next, each by the name of the former one. They are
    /// kept, since whoever knows the old key may be reached only later.
    pub statements: Vec<(Kid, Vec<u8>)>,
    /// Why the passphrase did not open the key, or what it could not make.
    pub passphrase: Option<KeyProblem>,
}

/// A key that waits to be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The key.
    pub card: KeyCard,
    /// The key that it takes the place of, as whoever held that signed.
    pub replaces: Option<Box<KnownKey>>,
    /// From when to when it counts at most, where it takes the place of another.
    pub limits: [Option<Timestamp>; 2],
}

/// A sealed file about keys being checked. It goes along with its checks, so that the outcomes of one file are never taken for
/// those of another.
#[derive(Clone, Debug)]
pub struct Checking {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What was read.
    pub examination: Examination,
}

/// A credential of this tablet's key, as kept. It stays beside documents, in what goes along with them: a document holds
/// what its author claims when it is sealed, and the issuer's word may come later and be renewed without touching it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptCredential {
    /// The sealed file.
    pub bytes: Vec<u8>,
    /// What it says.
    pub credential: Credential,
    /// Who says so.
    pub issuer: String,
}

/// What became of what was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// A key is known now, by its holder's name.
    Known(String),
    /// A credential is kept.
    Credential,
    /// A register was taken over: so many keys.
    Register(usize),
    /// It was not taken: why.
    Refused(KeyRefused),
}

/// Why something about keys is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyRefused {
    /// The file could not be read.
    #[error(transparent)]
    Unread(FilesProblem),
    /// It is no public key.
    #[error(transparent)]
    Card(CardRefusal),
    /// It is this tablet's own key.
    #[error("this is the key of this tablet")]
    Own,
    /// It is a sealed file that cannot be checked.
    #[error(transparent)]
    Unreadable(Unreadable),
    /// It is a sealed file that is not about keys.
    #[error("this is not about keys")]
    NotAboutKeys,
    /// It does not hold.
    #[error("{0}")]
    Broken(Finding),
    /// It is by somebody whose word on keys this tablet does not know.
    #[error("key {0} is no known issuer")]
    UnknownIssuer(Kid),
    /// The credential is about another key.
    #[error("the credential is about key {0}")]
    OtherKey(Kid),
    /// The credential does not count today.
    #[error("the credential does not count now")]
    NotNow,
    /// The register is older than another one that was taken here.
    #[error("the register of {sealed} is older than what is known of {keys} keys")]
    OlderRegister {
        /// Of how many of its keys something newer is known.
        keys: usize,
        /// When it was sealed.
        sealed: Timestamp,
    },
    /// The browser cannot check signatures.
    #[error(transparent)]
    NoCrypto(KeyProblem),
    /// It could not be kept.
    #[error(transparent)]
    NotKept(StorageProblem),
}

/// A file that is read here to be signed.
#[derive(Clone, Debug)]
pub struct Cosigning {
    /// The name of its file.
    pub name: String,
    /// Its bytes, as given.
    pub bytes: Arc<Vec<u8>>,
    /// What its check found.
    pub report: Report,
    /// The document in it.
    pub document: Value,
    /// The role in which it asks for this tablet's signature.
    pub role: String,
    /// The document of this tablet that it is, where it is kept here: the signature is added to it.
    pub own: Option<DocumentId>,
    /// How far.
    pub step: CosigningStep,
}

/// Stands for the number of a file where a signature was made here.
pub const SIGNED_HERE: u32 = u32::MAX;

/// How far the signing of a file is.
#[derive(Clone, Debug)]
pub enum CosigningStep {
    /// It is being read.
    Reading,
    /// It is being signed.
    Signing(SigningInput),
    /// The key failed.
    KeyFailed(KeyProblem),
    /// The file does not take the signature.
    Refused(JoinRefusal),
    /// Signed: the file with all its signatures.
    Signed(Vec<u8>),
}

/// Why signatures in a file are not added to the document here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JoinProblem {
    /// The file does not fit.
    Refused(JoinRefusal),
    /// The document cannot be read, or the signatures not be kept.
    NotKept(StorageProblem),
}

/// How far the change to a new key is.
#[derive(Clone, Debug)]
pub enum Renewal {
    /// The new key is being made.
    Making,
    /// The old key signs that the new one takes its place.
    Announcing {
        /// The new key.
        next: Jwk,
        /// What is signed.
        document: Value,
        /// The protected header and the bytes.
        input: SigningInput,
    },
    /// The new key is being put in the place of the old one, with the statement about it.
    Replacing(Vec<u8>),
    /// It failed; the old key goes on.
    Failed(KeyProblem),
    /// Done: the name of the old key, whose statement is kept.
    Done(Kid),
}

/// What a signature outside sealing is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignedFor {
    /// A file that asks for it.
    File,
    /// The statement about a new key.
    Statement,
}

/// What is found in storage about keys.
#[derive(Clone, Debug, Default)]
pub struct ReadKeys {
    /// Known keys.
    pub known: Vec<StoredRecord<KnownKey>>,
    /// The credential.
    pub credential: Option<Vec<u8>>,
    /// Statements about keys that took the places of others, each by the name of the old one.
    pub statements: Vec<(Kid, Vec<u8>)>,
}

/// What can happen with keys and with files that wait for a signature.
#[derive(Clone, Debug)]
pub enum KeysEvent {
    /// Known keys and the credential were read.
    Read(Result<ReadKeys, StorageProblem>),
    /// The code of a key was pasted.
    CodeGiven(String),
    /// Files about keys were given.
    FilesGiven(Vec<(String, Result<Vec<u8>, FilesProblem>)>),
    /// The signatures of a sealed file about keys were checked.
    Checked(Box<Checking>, Checked),
    /// Somebody compared the fingerprint of the key that was given.
    GivenConfirmed,
    /// It is not taken.
    GivenDropped,
    /// Keys, or a credential, were kept, or not.
    Kept(Kept),
    /// A key is not to count any more.
    Withdrawn(Kid),
    /// The own key was asked for as a file.
    CardAsked,
    /// Somebody has to sign a draft as well, or not after all.
    SignerChosen(DocumentId, Kid, bool),
    /// A file that was checked is to be read and signed.
    SignFileAsked(u32),
    /// The sealed document on the screen is to be read and signed.
    SignKeptAsked,
    /// The file that was read is to be signed.
    FileSignAsked,
    /// Bytes were signed, or not.
    Signed(SignedFor, Result<Vec<u8>, KeyProblem>),
    /// The signed file was asked for.
    SignedFileAsked,
    /// The signatures in a file that was checked are to be added to the document of this tablet.
    JoinAsked(u32),
    /// The kept file of that document was read, or not.
    SealRead(u32, Result<Vec<u8>, StorageProblem>),
    /// The signatures were added, or not.
    Joined(u32, Box<Document>, Result<(), StorageProblem>),
    /// A new key was asked for.
    RenewalAsked,
    /// It was made, or not.
    NextMade(Result<Jwk, KeyProblem>),
    /// It is in place, or not.
    Renewed(Result<Jwk, KeyProblem>),
    /// The statement by which the key of this name announced the next was asked for.
    StatementAsked(Kid),
    /// A passphrase was given, for a key that the browser cannot keep by itself.
    PassphraseGiven(String),
    /// It opened the key, or made one, or not.
    Unlocked(Result<Jwk, KeyProblem>),
}

/// What was to be kept, and whether it is.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The keys.
    pub keys: Vec<KnownKey>,
    /// The credential.
    pub credential: Option<Box<KeptCredential>>,
    /// What is told about it.
    pub told: Option<Told>,
    /// Whether it is kept.
    pub outcome: Result<(), StorageProblem>,
}

/// What is to be done outside with keys and seals.
#[derive(Clone, Debug)]
pub enum KeysEffect {
    /// Read known keys and the credential; answered by `Read`.
    Read,
    /// Check signatures; answered by `Checked`.
    Check(Box<Checking>),
    /// Keep all of it in one transaction, keys as they merge with what is there; answered by `Kept`, which then holds what
    /// is there.
    Keep(Kept),
    /// Sign bytes with the key of this name, as `Effect::Sign` does; answered by `Signed`.
    Sign(SignedFor, Kid, Vec<u8>),
    /// Read a sealed file with all its signatures; answered by `SealRead`.
    ReadSeal(u32, SealId),
    /// Keep signatures beside a sealed file, never overwriting, and the head of its document; answered by `Joined`.
    Join {
        /// The number of the file that they came in; [`SIGNED_HERE`] for one that was signed here.
        file: u32,
        /// The head, with those whose signatures are still awaited.
        document: Box<Document>,
        /// The seal.
        seal: SealId,
        /// The signatures, each an entry of `signatures` with the key it is by.
        entries: Vec<(Kid, Value)>,
        /// When they were added.
        at: Timestamp,
    },
    /// Make a key that will take the place of the tablet's; answered by `NextMade`.
    MakeNext,
    /// Put that key into its place, if it is the one of this name, and keep the old one among the known, and its statement;
    /// answered by `Renewed`.
    Renew {
        /// The old key.
        old: KnownKey,
        /// The name of the new one.
        next: Kid,
        /// What the old one says about it.
        statement: Vec<u8>,
    },
    /// Open the wrapped key with a passphrase, or make one that it opens where there is none; answered by `Unlocked`.
    Unlock(String),
}
