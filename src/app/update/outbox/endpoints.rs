//! Endpoints: adding one and confirming its receiver, pausing, signing in, and what the host page names.

use super::super::Turn;
use crate::app::change::Topic;
use crate::app::outbox::{
    Confirmation, Endpoint, EnrolProblem, Enrolling, OutboxEvent, Receiver, Token, Upload, address,
};
use crate::app::problem::StorageProblem;
use crate::seal::Kid;

impl Turn<'_> {
    pub(super) fn endpoint(&mut self, event: OutboxEvent) {
        match event {
            OutboxEvent::AddressGiven(text) => self.enrol(&text),
            OutboxEvent::ReceiverFetched(url, fetched) => self.receiver_fetched(url, fetched),
            OutboxEvent::ReceiverFound(url, receiver) => {
                self.model.outbox.suggestion = Some((url, receiver));
            }
            OutboxEvent::ReceiverConfirmed => {
                if let Some(Enrolling::Compare(url, receiver)) = self.model.outbox.enrolling.clone() {
                    self.keep_endpoint(url, receiver, Confirmation::Fingerprint);
                }
            }
            OutboxEvent::ReceiverDeclined => self.model.outbox.enrolling = None,
            OutboxEvent::EndpointKept(endpoint, kept) => self.endpoint_kept(*endpoint, kept),
            OutboxEvent::PauseChosen(url, paused) => {
                if let Some(line) = self.model.outbox.line_mut(&url) {
                    line.endpoint.paused = paused;
                    line.wake();
                    let endpoint = Box::new(line.endpoint.clone());
                    self.run(Upload::KeepEndpoint(endpoint));
                }
            }
            OutboxEvent::TokenGiven(url, text) => self.token_given(&url, Token::new(&text)),
            OutboxEvent::HostNamed(url, kid) => {
                let host = url.map(|url| (address(&url).unwrap_or(url), kid));
                let before = self.model.outbox.host.as_ref().map(|(url, _)| url.clone());
                if before.is_some() && before.as_ref() != host.as_ref().map(|(url, _)| url) {
                    // What was given for one endpoint is told to no other.
                    self.model.outbox.host_token = None;
                    self.take_host_token_back();
                }
                self.model.outbox.host = host;
                if self.model.outbox.is_read {
                    self.look_at_host();
                } else {
                    self.run(Upload::Read);
                }
            }
            OutboxEvent::HostToken(text) => {
                self.model.outbox.host_token = text.as_deref().and_then(Token::new);
                if self.model.outbox.host_token.is_some() {
                    self.give_host_token();
                } else {
                    self.take_host_token_back();
                }
            }
            _ => {}
        }
        self.note(Topic::Outbox);
    }

    fn enrol(&mut self, text: &str) {
        match address(text) {
            Ok(url) => {
                self.model.outbox.enrolling = Some(Enrolling::Asking(url.clone()));
                self.run(Upload::AskReceiver(url));
            }
            Err(refusal) => {
                let problem = EnrolProblem::Address(refusal);
                self.model.outbox.enrolling = Some(Enrolling::Failed(text.trim().to_owned(), problem));
            }
        }
    }

    fn receiver_fetched(&mut self, url: String, fetched: Result<Receiver, EnrolProblem>) {
        if self.model.outbox.enrolling != Some(Enrolling::Asking(url.clone())) {
            return;
        }
        let named = self.model.outbox.host.clone().filter(|(host, _)| *host == url).and_then(|(_, kid)| kid);
        self.model.outbox.enrolling = Some(match (fetched, named) {
            (Err(problem), _) => Enrolling::Failed(url, problem),
            (Ok(receiver), Some(kid)) if receiver.kid() == kid => {
                return self.keep_endpoint(url, receiver, Confirmation::Host);
            }
            (Ok(_), Some(_)) => Enrolling::Failed(url, EnrolProblem::OtherKey),
            (Ok(receiver), None) => Enrolling::Compare(url, receiver),
        });
    }

    fn keep_endpoint(&mut self, url: String, receiver: Receiver, how: Confirmation) {
        let paused = self.model.outbox.line(&url).is_some_and(|line| line.endpoint.paused);
        let endpoint = Endpoint { url, receiver, how, confirmed: self.stamp.now, paused };
        self.run(Upload::KeepEndpoint(Box::new(endpoint)));
    }

    fn endpoint_kept(&mut self, endpoint: Endpoint, kept: Result<(), StorageProblem>) {
        let url = endpoint.url.clone();
        if let Err(problem) = kept {
            self.model.outbox.enrolling = Some(Enrolling::Failed(url, EnrolProblem::NotKept(problem)));
            return;
        }
        // A new one stands only once it is known what is to be sent there: until then it would seem that all was received.
        // Choosing to pause keeps an endpoint, too; whatever the hand did since then goes first.
        if let Some(line) = self.model.outbox.line_mut(&url) {
            line.endpoint.receiver = endpoint.receiver;
        }
        let enrolling = &self.model.outbox.enrolling;
        if matches!(enrolling, Some(Enrolling::Asking(own) | Enrolling::Compare(own, _)) if *own == url) {
            self.model.outbox.enrolling = None;
        }
        self.give_host_token();
        // What was received there before, and what is to be sent, storage knows.
        self.run(Upload::Read);
    }

    /// Tries with a token, or without one where none is needed after all.
    fn token_given(&mut self, url: &str, token: Option<Token>) {
        if let Some(line) = self.model.outbox.line_mut(url) {
            line.sign_in(token);
            line.wake();
        }
    }

    /// Gives the host's token to the endpoint that the host names, and to no other.
    fn give_host_token(&mut self) {
        let Some((url, _)) = self.model.outbox.host.clone() else { return };
        if let Some(token) = self.model.outbox.host_token.clone() {
            self.token_given(&url, Some(token));
        }
    }

    /// The endpoint that the host names is asked without a token from now on.
    fn take_host_token_back(&mut self) {
        let outbox = &mut self.model.outbox;
        let Some((url, _)) = outbox.host.clone() else { return };
        if let Some(line) = outbox.line_mut(&url) {
            line.tokens = line.tokens.wrapping_add(1);
            line.token = None;
        }
    }

    /// Adds the endpoint that the host page names, where it is not known by the key that the page names.
    pub(super) fn look_at_host(&mut self) {
        let Some((url, kid)) = self.model.outbox.host.clone() else { return };
        let known: Option<Kid> = self.model.outbox.line(&url).map(|line| line.endpoint.receiver.kid());
        if known.is_some() && (kid.is_none() || kid == known) {
            return self.give_host_token();
        }
        self.enrol(&url);
    }
}
