//! What plotters draws on: a list of marks, which the page turns into SVG of its own.
//!
//! plotters' own SVG is one text that would have to become HTML, which no text of ours does, and its colours are fixed. Here a
//! colour is only a number: what it looks like, in light and in dark, stands in the pages' style sheet. A text is only text.

use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;

use plotters::style::RGBColor;
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};

/// How wide a sign is, in parts of its height: near enough to keep labels apart.
const WIDTH: f64 = 0.6;

/// What a mark is drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// The axes.
    Axis,
    /// The lines behind.
    Grid,
    /// The words beside the axes.
    Label,
    /// A series, by its number.
    Series(u8),
}

impl Ink {
    /// The class of the style sheet.
    pub(super) fn class(self) -> String {
        match self {
            Ink::Axis => "axis".to_owned(),
            Ink::Grid => "grid".to_owned(),
            Ink::Label => "label".to_owned(),
            Ink::Series(number) => format!("series-{number}"),
        }
    }

    /// The colour that stands for it while plotters draws.
    pub(super) fn color(self) -> RGBColor {
        match self {
            Ink::Axis => RGBColor(0, 0, 0),
            Ink::Grid => RGBColor(1, 0, 0),
            Ink::Label => RGBColor(2, 0, 0),
            Ink::Series(number) => RGBColor(3, number, 0),
        }
    }

    fn of(color: BackendColor) -> Ink {
        match color.rgb {
            (0, ..) => Ink::Axis,
            (1, ..) => Ink::Grid,
            (2, ..) => Ink::Label,
            (_, number, _) => Ink::Series(number),
        }
    }
}

/// Something drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Mark {
    /// A line through these points, or what they enclose.
    Line { points: Vec<BackendCoord>, ink: Ink, is_filled: bool },
    /// What is counted: a rectangle, from its upper left.
    Bar { at: BackendCoord, size: (i32, i32), ink: Ink },
    /// Words; where they are anchored, as SVG says it.
    Words { text: String, at: BackendCoord, anchor: &'static str, baseline: &'static str, ink: Ink },
}

/// The surface, of a width and height in CSS pixels.
pub(super) struct Surface {
    size: (u32, u32),
    marks: Rc<RefCell<Vec<Mark>>>,
}

impl Surface {
    /// An empty one, and where its marks will be.
    pub(super) fn new(size: (u32, u32)) -> (Surface, Rc<RefCell<Vec<Mark>>>) {
        let marks = Rc::<RefCell<Vec<Mark>>>::default();
        (Surface { size, marks: marks.clone() }, marks)
    }

    fn put(&self, color: BackendColor, mark: impl FnOnce(Ink) -> Mark) -> Result<(), DrawingErrorKind<Infallible>> {
        // What cannot be seen is not drawn.
        if color.alpha > 0.0 {
            self.marks.borrow_mut().push(mark(Ink::of(color)));
        }
        Ok(())
    }
}

impl DrawingBackend for Surface {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Result<(), DrawingErrorKind<Infallible>> {
        Ok(())
    }

    fn present(&mut self) -> Result<(), DrawingErrorKind<Infallible>> {
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, color: BackendColor) -> Result<(), DrawingErrorKind<Infallible>> {
        self.put(color, |ink| Mark::Bar { at, size: (1, 1), ink })
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        self.put(style.color(), |ink| Mark::Line { points: vec![from, to], ink, is_filled: false })
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
        _: bool,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let (left, top) = (from.0.min(to.0), from.1.min(to.1));
        let size = ((from.0 - to.0).abs(), (from.1 - to.1).abs());
        self.put(style.color(), |ink| Mark::Bar { at: (left, top), size, ink })
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let points = path.into_iter().collect();
        self.put(style.color(), |ink| Mark::Line { points, ink, is_filled: false })
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let points = corners.into_iter().collect();
        self.put(style.color(), |ink| Mark::Line { points, ink, is_filled: true })
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        at: BackendCoord,
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        let anchor = match style.anchor().h_pos {
            HPos::Left => "start",
            HPos::Center => "middle",
            HPos::Right => "end",
        };
        let baseline = match style.anchor().v_pos {
            VPos::Top => "hanging",
            VPos::Center => "central",
            VPos::Bottom => "auto",
        };
        self.put(style.color(), |ink| Mark::Words { text: text.to_owned(), at, anchor, baseline, ink })
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let height = style.size();
        // `as` saturates: a size is no matter of exactness.
        Ok(((text.chars().count() as f64 * height * WIDTH) as u32, height as u32))
    }
}
