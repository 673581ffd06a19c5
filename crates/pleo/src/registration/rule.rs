//! Every rule: stable code, severity, problem, remedy and source.
//!
//! Rules whose source is [`source::ADVICE`] are our own: neither Pleo's pages nor a standard give
//! them. Limits in numbers are ours throughout, since Pleo's pages give none.

use super::source::{self, RuleSource};

/// Severity of a finding; the form leads to errors before warnings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FindingLevel {
    /// Pleo rejects the value, or the integration cannot work with it.
    Error,
    /// The value may work but is a common cause of failed registrations.
    Warning,
}

/// What is known of a rule.
struct RuleRow {
    code: &'static str,
    level: FindingLevel,
    what: &'static str,
    fix: &'static str,
    source: &'static RuleSource,
}

macro_rules! rules {
    ($($rule:ident = $code:literal, $level:ident, $source:ident, $what:literal, $fix:literal;)*) => {
        /// A registration rule, named after the problem that it finds.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum RegistrationRule {
            $(#[doc = concat!($what, " Source: [`", stringify!($source), "`](source::", stringify!($source), ").")] $rule),*
        }

        impl RegistrationRule {
            /// All rules, in the order of their definition.
            pub const ALL: &'static [RegistrationRule] = &[$(RegistrationRule::$rule),*];
        }

        static ROWS: &[RuleRow] = &[$(RuleRow {
            code: $code, level: FindingLevel::$level, what: $what, fix: $fix, source: &source::$source,
        }),*];
    };
}

impl RegistrationRule {
    fn row(self) -> &'static RuleRow {
        &ROWS[self as usize]
    }

    /// Returns the stable code, for tests and support.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.row().code
    }

    /// Returns whether breaking the rule is an error or a warning.
    #[must_use]
    pub fn level(self) -> FindingLevel {
        self.row().level
    }

    /// Returns the problem as a sentence for the user.
    #[must_use]
    pub fn what(self) -> &'static str {
        self.row().what
    }

    /// Returns the remedy as a sentence for the user.
    #[must_use]
    pub fn fix(self) -> &'static str {
        self.row().fix
    }

    /// Where it comes from. For the rules of reachability it is what makes the host unreachable;
    /// that a host has to be reachable is among [`super::Finding::sources`].
    #[must_use]
    pub fn source(self) -> &'static RuleSource {
        self.row().source
    }

    /// Whether the rule is about who can reach an address, and how.
    pub(super) fn is_reach(self) -> bool {
        self.code().starts_with("host-") || self == RegistrationRule::PlainHttp
    }
}

rules! {
    Missing = "missing", Error, PLEO_REGISTRATION,
        "Nothing is given here.", "Fill it in: Pleo's form asks for it.";
    TooMany = "too-many", Error, ADVICE,
        "There are more than 50 entries.", "Remove those that are not in use.";
    OuterSpace = "outer-space", Error, ADVICE,
        "A space stands before or after the text.", "Remove it: values are compared character by character.";

    NameControl = "name-control", Error, ADVICE,
        "The name holds a line break, a tab or another control character.", "Write it in one line.";
    NameInvisible = "name-invisible", Error, UNICODE_SECURITY,
        "The name contains an invisible character.", "Type the name again instead of pasting it.";
    NameLong = "name-long", Error, ADVICE,
        "The name is longer than 60 characters.", "Shorten it: a consent screen cuts it off, and config.json takes 60 at most.";
    NameLetters = "name-letters", Error, ADVICE,
        "The name has neither a letter nor a digit.", "Give a name that users recognise.";
    Brand = "brand", Error, PLEO_REGISTRATION,
        "The name carries Pleo's brand, or letters that look like it.", "Use your own brand alone: the consent screen states where the client connects to.";
    BrandInside = "brand-inside", Warning, PLEO_REGISTRATION,
        "A word of the name holds the letters of Pleo's brand.", "If it is no ordinary word, choose another; if it is one, say so when you hand the form in.";
    BrandInHost = "brand-in-host", Warning, PLEO_REGISTRATION,
        "The host's name carries Pleo's brand, and users see this address.", "Use a host that carries your own brand alone.";

    AddressLong = "address-long", Error, ADVICE,
        "The address is longer than 2048 characters.", "Shorten it.";
    AddressCharacters = "address-characters", Error, RFC_3986,
        "A character stands here that no address may hold as it is.", "Percent-encode it, or replace the placeholder by its value.";
    AddressNotAscii = "address-not-ascii", Error, RFC_5891,
        "The host has letters outside ASCII.", "Write the host in its ASCII form, which begins with xn--.";
    AddressScheme = "address-scheme", Error, RFC_6749_REDIRECT,
        "This is not an absolute https:// address.", "Write the whole address, beginning with https://.";
    AddressUser = "address-user", Error, RFC_9110_USER,
        "The address holds a user name or a password.", "Leave out everything up to the @; a secret has no place here.";
    AddressPort = "address-port", Error, RFC_3986_PORT,
        "The port is not a number from 1 to 65535.", "Give a port in plain digits, or none.";
    AddressHost = "address-host", Error, RFC_1123,
        "The host's name is not valid.", "Write labels of letters, digits and hyphens, with single dots between them.";

    PlainHttp = "plain-http", Error, RFC_9700_HTTP,
        "The address is plain http.", "Use https; http is for localhost in development only.";
    HostLoopback = "host-loopback", Error, RFC_6761,
        "The host is the reader's own machine, and this is not a package for development.", "Give the public host, or choose the environment Development.";
    HostLoopbackNumber = "host-loopback-number", Warning, RFC_8252_LOOPBACK,
        "The host is this machine by number; Pleo's pages name localhost.", "Write localhost, and register exactly what the app sends.";
    HostPrivate = "host-private", Error, RFC_1918,
        "The host is an address of a private network.", "Give a host that the public internet reaches.";
    HostShared = "host-shared", Error, RFC_6598,
        "The host is an address that a provider shares among its customers.", "Give a host that the public internet reaches.";
    HostLinkLocal = "host-link-local", Error, RFC_3927,
        "The host is an address of one network link.", "Give a host that the public internet reaches.";
    HostMulticast = "host-multicast", Error, RFC_5771,
        "The host is a multicast address.", "Give the host of one server.";
    HostReserved = "host-reserved", Error, RFC_6890,
        "The host is an address that is reserved for a special purpose.", "Give a host that the public internet reaches.";
    HostMapped = "host-mapped", Error, RFC_4291_MAPPED,
        "The host is an IPv4 address inside an IPv6 one.", "Give a host by its name.";
    HostIpv6 = "host-ipv6", Error, RFC_4291_TEXT,
        "The host is an IPv6 address: networks without IPv6 do not reach it.", "Give a host by its name.";
    HostOddNumber = "host-odd-number", Error, URL_STANDARD,
        "The host is an IPv4 address in an unusual spelling, which browsers rewrite.", "Give a host by its name.";
    HostNumber = "host-number", Warning, ADVICE,
        "The host is an address in numbers.", "Give a host by its name: numbers move, and certificates are made for names.";
    HostSingleLabel = "host-single-label", Error, ADVICE,
        "The host is a single word, which means something in one network only.", "Give the host's full public name.";
    HostSpecialName = "host-special-name", Error, RFC_6761,
        "The host's name ends in a word that no public name ends in.", "Give the host's public name.";
    HostExample = "host-example", Warning, RFC_6761,
        "The host's name is reserved for examples and cannot be reached.", "Replace it by your own before you hand the form in.";
    HostTunnel = "host-tunnel", Warning, ADVICE,
        "The host belongs to a tunnel or to a service that names any address.", "Use such a host in development only: anyone who takes the name over gets your users' codes.";

    RedirectWildcard = "redirect-wildcard", Error, PLEO_CONFIGURATION,
        "The redirect URI holds a *, and no wildcard is accepted.", "Register each redirect URI by itself.";
    RedirectFragment = "redirect-fragment", Error, RFC_6749_REDIRECT,
        "The redirect URI holds a #.", "Leave out the # and what follows it.";
    RedirectReserved = "redirect-reserved", Error, RFC_6749_RESPONSE,
        "The query holds a parameter that the answer brings as well.", "Leave it out: code, state, error, error_description, error_uri and iss come from the authorization server.";
    RedirectDots = "redirect-dots", Error, RFC_3986_NORMAL,
        "The path holds . or .. or //, which browsers and servers resolve before anything compares them.", "Write the path as it comes out.";
    RedirectTwice = "redirect-twice", Error, ADVICE,
        "This redirect URI stands in the list already.", "Remove the repetition.";
    RedirectAlike = "redirect-alike", Warning, RFC_9700_EXACT,
        "It differs from an earlier one only in case, port or final slash.", "Keep the one that the app sends: each is a redirect URI of its own.";
    RedirectSlash = "redirect-slash", Warning, RFC_9700_EXACT,
        "The path ends in a slash; with and without are two redirect URIs.", "Register exactly what the app sends.";
    RedirectNoPath = "redirect-no-path", Warning, RFC_9700_EXACT,
        "There is no path: many programs add a slash by themselves.", "Give the callback a path of its own, such as /callback.";
    RedirectCase = "redirect-case", Warning, RFC_9700_EXACT,
        "There are capital letters: browsers change those of scheme and host, and keep those of the path.", "Write everything in small letters, in the app as well.";
    RedirectPort = "redirect-port", Warning, RFC_9700_EXACT,
        "A port is given; with and without are two redirect URIs, and browsers leave out the usual one.", "Leave it out if it is 443 (80 for http); else register exactly what the app sends.";
    RedirectQuery = "redirect-query", Warning, RFC_6749_REDIRECT,
        "There is a query, which is part of what is compared.", "Keep what varies in state, and give each callback a path of its own.";
    RedirectPlaceholder = "redirect-placeholder", Warning, RFC_9700_EXACT,
        "A part of the path begins with a colon, as placeholders do.", "Replace it by its value: nothing is filled in at Pleo.";
    RedirectPostman = "redirect-postman", Warning, PLEO_POSTMAN,
        "This is Postman's callback, which Pleo's guide registers for tests.", "Leave it out of a client for production.";
    PageIsRedirect = "page-is-redirect", Warning, ADVICE,
        "This page is a redirect URI too, and users arrive here without a code.", "Give the page an address of its own.";

    LogoUnreadable = "logo-unreadable", Error, PLEO_REGISTRATION,
        "No pixels can be read from the file: it is no image, or a drawing such as SVG.", "Pick a PNG or a JPEG.";
    LogoFormat = "logo-format", Error, ADVICE,
        "The file is not an image.", "Pick a PNG or a JPEG.";
    LogoFormatRare = "logo-format-rare", Warning, ADVICE,
        "Pleo's pages name no format, and this one is not shown everywhere.", "Hand in a PNG.";
    LogoNotSquare = "logo-not-square", Error, PLEO_REGISTRATION,
        "The logo is not square.", "Cut or extend it to equal width and height.";
    LogoTiny = "logo-tiny", Error, PLEO_REGISTRATION,
        "The logo has fewer than 128 pixels a side, and is to be of high resolution.", "Hand in 512 pixels or more.";
    LogoSmall = "logo-small", Warning, ADVICE,
        "The logo has fewer than 512 pixels a side.", "Hand in 512 pixels or more, so that sharp screens show it sharp.";
    LogoHeavy = "logo-heavy", Warning, ADVICE,
        "The file is heavier than 1 MB.", "Save it with fewer pixels or better compression.";
    LogoTransparent = "logo-transparent", Warning, ADVICE,
        "Parts of the logo are transparent, and the background behind it is not known.", "Look at it on white and on black, or give it a background.";

    ContactForm = "contact-form", Error, RFC_5321,
        "This is not a plain e-mail address.", "Write name@host alone, in ASCII, without mailto: and without the person's name.";
    ContactTwice = "contact-twice", Warning, ADVICE,
        "This contact stands in the list already.", "Remove the repetition.";
    ContactNoReply = "contact-no-reply", Warning, ADVICE,
        "This address looks like one that people do not read.", "Give one that people read.";

    ScopeForm = "scope-form", Error, RFC_6749_SCOPE,
        "This is not one scope.", "Write one scope per entry, of visible ASCII characters without quote or backslash.";
    ScopeTwice = "scope-twice", Error, ADVICE,
        "This scope stands in the list already.", "Remove the repetition.";
    ScopeMisspelt = "scope-misspelt", Error, PLEO_SCOPES,
        "This scope is spelt otherwise, or is an old name.", "Write the name that is shown here.";
    ScopeUnknown = "scope-unknown", Warning, PLEO_SCOPES,
        "This app knows no such scope.", "Compare it with Pleo's list, and ask your contact at Pleo.";
    ScopeTwoNames = "scope-two-names", Warning, ADVICE,
        "Clients use two names for this scope: tag-groups on staging, tag-group in production.", "Ask your contact at Pleo which one your client gets.";
    ScopeInferred = "scope-inferred", Warning, ADVICE,
        "Pleo's pages describe no operation with this scope: its name or its use is a conclusion.", "Ask your contact at Pleo for the scope of the operations that you need.";
    ScopeSelected = "scope-selected", Warning, PLEO_ENRICHMENT,
        "Pleo grants this scope to selected partners.", "Ask your contact at Pleo before you build on it.";
    ScopeTest = "scope-test", Warning, ADVICE,
        "This scope serves for tests.", "Leave it out of a client for production.";
    ScopeLacking = "scope-lacking", Warning, ADVICE,
        "A purpose that you chose takes this scope, and it is not in the list.", "Add it: scopes are fixed at registration.";
    ScopeExcess = "scope-excess", Warning, RFC_9700_PRIVILEGE,
        "None of the purposes that you chose takes this scope.", "Leave it out, or choose the purpose that it serves.";

    PkceMissing = "pkce-missing", Error, PLEO_HOW_TO_REGISTER,
        "The client does not use PKCE.", "Use S256. An exception, for a confidential client, is up to your partner manager at Pleo.";
    PkcePlain = "pkce-plain", Error, PLEO_CONFIGURATION,
        "The method plain is refused.", "Use S256.";
    SubjectTypeInferred = "subject-type-inferred", Warning, PLEO_HOW_TO_REGISTER,
        "The one value that Pleo's pages show is None.", "Choose None, or ask your contact at Pleo for the values.";
    SubjectTypeLevel = "subject-type-level", Warning, PLEO_MULTI_ENTITY,
        "Suppliers and accounts belong to one company; an organisation's token serves discovery.", "Choose None or Company, and connect each company by itself.";
}
