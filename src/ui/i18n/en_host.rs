//! English: what is said to the host of a form.

/// Adds the texts to those of a match that another file adds more to.
macro_rules! with_host {
    ($more:ident! { match $key:ident { $($texts:tt)* } }) => {
        $more! { match $key {
            $($texts)*
            Key::HappenedFormNotTaken => "The form that this page gave cannot be used. The reasons stand below.",
            Key::HappenedResponseNotTaken => {
                "The answers that this page gave cannot be opened in this form. The reasons stand below."
            }
            Key::HappenedContextNotTaken => "The launch context that this page gave cannot be read.",
            Key::SafeHosted => "Safe: what stands in this form has not changed.",
            Key::TodoHost => "Show this to whoever runs this page.",
            Key::ReadNotAResponse => "This is not a FHIR R4 QuestionnaireResponse (resourceType “{0}”).",
            Key::ReadTooLarge => "These answers ask for more than can run on a tablet.",
            Key::ReadOtherForm => "These answers are to another form: {0}, not {1}.",
            Key::MisfitNoList => "“{0}” is not a list of elements",
            Key::MisfitNoLinkId => "an item has no linkId",
            Key::MisfitUnknown => "the form has no item “{0}”",
            Key::MisfitMisplaced => "item “{0}” is out of place",
            Key::MisfitRepeated => "item “{0}” stands {1} times, though it does not repeat",
            Key::MisfitSeveral => "there are several answers, though the question takes one",
            Key::MisfitNoQuestion => "there is an answer, though the item is no question",
            Key::MisfitBeside => "items below a question belong inside its answer",
            Key::MisfitNoValue => "an answer has no value",
            Key::MisfitSeveralValues => "an answer has several values",
            Key::MisfitType => "the answer is of another type than asked for",
            Key::MisfitText => "the text is not the one of the form",
            Key::AlsoLook => "Better looked at once more",
        } }
    };
}

pub(super) use with_host;
