//! What a program asks of a text, as far as single words tell: which must be there, and for which it is looked out for.
//!
//! Asked once, when a language comes. What it deliberately does not do: know in which order words must stand.

use super::program::{Bits, Needs, code};
use super::unfold::Unfolded;

/// What one way of a program asks of a text.
pub(super) struct Asked {
    pub(super) needs: Needs,
    /// Some of the words of `sought` must be there, which are mentioned so often; none if no word must.
    pub(super) sought: Option<(u32, Vec<u16>)>,
    /// The code behind the way.
    end: usize,
}

impl Unfolded {
    /// What the way from `pc` on asks of a text.
    pub(super) fn asked(&self, mut pc: usize) -> Option<Asked> {
        let mut asked = Asked { needs: Needs::default(), sought: None, end: 0 };
        loop {
            let argument = || self.code.get(pc + 1).copied();
            match *self.code.get(pc)? {
                code::WORD => {
                    asked.add(self.mentioned(&[argument()?]));
                    pc += 2;
                }
                code::SET => {
                    asked.add(self.mentioned(self.members(argument()?)));
                    pc += 2;
                }
                code::FORK => {
                    let mut all = Some((0, Vec::new()));
                    let mut end = pc + 2;
                    for way in 0..usize::from(argument()?) {
                        let one = self.asked(pc + usize::from(*self.code.get(pc + 2 + way)?))?;
                        end = one.end;
                        all = all.zip(one.sought).map(|((a, mut words), (b, more))| {
                            words.extend(more);
                            (a + b, words)
                        });
                    }
                    if let Some(all) = all {
                        asked.add(all);
                    }
                    pc = end;
                }
                code::FOUND => return Some(asked),
                code::JUMP => return Some(Asked { end: pc + usize::from(argument()?), ..asked }),
                code::GAP | code::PROPERTY => pc += 2,
                _ => pc += 1,
            }
        }
    }

    /// These words, and how often they are mentioned.
    fn mentioned(&self, words: &[u16]) -> (u32, Vec<u16>) {
        (words.iter().filter_map(|word| self.mentions.get(usize::from(*word))).sum(), words.to_vec())
    }
}

impl Asked {
    /// Some of these words, too, must be there.
    fn add(&mut self, (mentions, words): (u32, Vec<u16>)) {
        self.needs.add(Bits::of(&words));
        if self.sought.as_ref().is_none_or(|(fewest, _)| mentions < *fewest) {
            self.sought = Some((mentions, words));
        }
    }
}
