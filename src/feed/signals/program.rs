//! The words of programs: the codes of which one consists, what it may ask of a token, and what it is for.
//!
//! What it deliberately does not do: hold or run them; `section.rs` and `walk.rs` do.

/// The number of a token that no phrase knows.
pub(super) const UNKNOWN: u16 = u16::MAX;
/// How the hash of a beginning differs from that of a whole word.
pub(super) const PREFIX_MARK: u8 = b'*';
/// The first set holds the words that may lead up to an order: "please", "and", "now".
pub(super) const LEADS: u16 = 0;

/// Codes of programs, unfolded; see `walk` for what each does.
pub(super) mod code {
    /// The phrase is found.
    pub(in super::super) const FOUND: u16 = 0;
    /// This word.
    pub(in super::super) const WORD: u16 = 1;
    /// One word of this set.
    pub(in super::super) const SET: u16 = 2;
    /// A token with this property: see [`super::Property`].
    pub(in super::super) const PROPERTY: u16 = 3;
    /// Up to so many tokens.
    pub(in super::super) const GAP: u16 = 4;
    /// Here a sentence begins.
    pub(in super::super) const START: u16 = 5;
    /// Here a sentence or its words end.
    pub(in super::super) const END: u16 = 6;
    /// Here a sentence may end.
    pub(in super::super) const CROSS: u16 = 7;
    /// So many ways on, each as a distance from this code.
    pub(in super::super) const FORK: u16 = 8;
    /// On at this distance.
    pub(in super::super) const JUMP: u16 = 9;
    /// Here a sentence ends as a question.
    pub(in super::super) const ASKED: u16 = 10;
    /// Here a sentence begins, or there is a comma.
    pub(in super::super) const CLAUSE: u16 = 11;
}

/// What a phrase may ask of a token instead of a word. The numbers are the pack's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub(super) enum Property {
    Word = 0,
    Number = 1,
    Said = 2,
    Letter = 3,
    Emoji = 4,
    Mention = 5,
    Link = 6,
}

/// The names that phrases use for them.
#[cfg(feature = "authoring")]
pub(super) const PROPERTIES: [(&str, Property); 7] = [
    ("w", Property::Word),
    ("n", Property::Number),
    ("said", Property::Said),
    ("letter", Property::Letter),
    ("emoji", Property::Emoji),
    ("mention", Property::Mention),
    ("link", Property::Link),
];

/// What a program is for: a phrase, or one of three kinds of guard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Phrase,
    NotAfter,
    NotBefore,
    NotWith,
}

impl Role {
    #[cfg(feature = "authoring")]
    pub(super) fn number(self) -> u8 {
        match self {
            Role::Phrase => 0,
            Role::NotAfter => 1,
            Role::NotBefore => 2,
            Role::NotWith => 3,
        }
    }

    pub(super) fn of(number: u8) -> Role {
        match number {
            0 => Role::Phrase,
            1 => Role::NotAfter,
            2 => Role::NotBefore,
            _ => Role::NotWith,
        }
    }
}

/// One compiled phrase.
#[derive(Clone, Copy, Debug)]
pub(super) struct Program {
    pub(super) at: usize,
    pub(super) file: u8,
    pub(super) line: u16,
    pub(super) strength: u8,
    pub(super) role: Role,
    pub(super) needs: Needs,
    /// The bits of all with which it may begin.
    pub(super) begins: Bits,
    /// Whether it may go on behind the end of a sentence.
    pub(super) crosses: bool,
}

/// Whether a program of this code may go on behind the end of a sentence: anything but its first word may be free to.
pub(super) fn crosses(program: &[u16]) -> bool {
    let is_free = |code: u16| matches!(code, code::START | code::CLAUSE | code::ASKED | code::CROSS);
    let mut pc = usize::from(program.first().is_some_and(|code| is_free(*code)));
    while let Some(code) = program.get(pc) {
        pc += match *code {
            code if is_free(code) => return true,
            code::FORK => 2 + usize::from(program.get(pc + 1).copied().unwrap_or(0)),
            code::FOUND | code::END => 1,
            _ => 2,
        };
    }
    false
}

/// Words, each by the lower bits of its number: a text has some tens of a language's thousands, so that one that is
/// not there seldom shares its bit with one that is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bits([u64; 2]);

impl Bits {
    /// Those of all words.
    pub(super) const ALL: Bits = Bits([u64::MAX; 2]);

    /// Those of these words.
    pub(super) fn of(words: &[u16]) -> Bits {
        let mut bits = Bits::default();
        words.iter().for_each(|word| bits.add(usize::from(*word)));
        bits
    }

    /// Adds a word, or a place behind the words.
    pub(super) fn add(&mut self, place: usize) {
        // A shift of 128 bits would be a call in wasm.
        self.0[place / 64 % 2] |= 1 << (place % 64);
    }

    /// Whether this word may be one of them.
    pub(super) fn has(&self, place: usize) -> bool {
        self.0[place / 64 % 2] >> (place % 64) & 1 != 0
    }

    pub(super) fn add_all(&mut self, others: &Bits) {
        self.0[0] |= others.0[0];
        self.0[1] |= others.0[1];
    }

    /// Whether one of these may be among a text's words, if one is needed at all.
    pub(super) fn may_be_in(&self, text: &Bits) -> bool {
        (self.0[0] & text.0[0]) | (self.0[1] & text.0[1]) != 0 || *self == Bits::ALL
    }

    fn count(&self) -> u32 {
        self.0[0].count_ones() + self.0[1].count_ones()
    }
}

/// What must stand somewhere in a text for a program to speak, as far as single words tell. Of several pieces the
/// narrowest are kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Needs([Bits; 3]);

impl Default for Needs {
    fn default() -> Needs {
        Needs([Bits::ALL; 3])
    }
}

impl Needs {
    /// One of these words, too, must be there.
    pub(super) fn add(&mut self, mut words: Bits) {
        for need in &mut self.0 {
            if words.count() < need.count() {
                std::mem::swap(need, &mut words);
            }
        }
    }

    /// What tells most beside that it is among these words.
    pub(super) fn beside(&self, words: &Bits) -> Bits {
        if self.0[0] == *words { self.0[1] } else { self.0[0] }
    }

    /// Whether a text of these words may have all that is needed.
    pub(super) fn are_met_by(&self, words: &Bits) -> bool {
        let [first, second, third] = &self.0;
        first.may_be_in(words) && second.may_be_in(words) && third.may_be_in(words)
    }
}
