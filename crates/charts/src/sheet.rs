//! What plotters draws on: instead of pixels or colours it keeps elements with classes. plotters' own SVG writes `fill`
//! attributes, which a theme cannot change, and whole pixels; here its unit is a tenth of one.

use std::{cell::RefCell, convert::Infallible, rc::Rc};

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use crate::{
    ink::Ink,
    node::{Node, px},
};

/// Units of the sheet in one pixel.
pub(crate) const UNITS: f64 = 10.0;

pub(crate) type Nodes = Rc<RefCell<Vec<Node>>>;

/// A sheet of a size in units.
pub(crate) struct Sheet {
    pub(crate) size: (u32, u32),
    pub(crate) nodes: Nodes,
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl Sheet {
    /// Neighbours of one class become one path: a year of days is then a few elements and not thousands.
    fn path(&self, classes: String, d: String) {
        let mut nodes = self.nodes.borrow_mut();
        let last = nodes.last_mut().filter(|node| {
            node.tag == "path" && node.attribute("class") == Some(&classes) && node.attributes.len() == 2
        });
        match last.and_then(|node| node.attributes.last_mut()) {
            Some((_, drawn)) => drawn.push_str(&d),
            None => nodes.push(Node::classed("path", classes).with("d", d)),
        }
    }
}

/// Units as a length in pixels.
fn length(units: i32) -> String {
    px(f64::from(units) / UNITS)
}

fn through(points: impl IntoIterator<Item = BackendCoord>) -> String {
    let mut d = String::new();
    for (place, (x, y)) in points.into_iter().enumerate() {
        d.push(if place == 0 { 'M' } else { 'L' });
        d.push_str(&format!("{} {}", length(x), length(y)));
    }
    d
}

impl DrawingBackend for Sheet {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    // Nothing of ours is a single pixel, and words are laid out by `Canvas`, which knows their classes.
    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Drawn {
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, _: &str, _: &S, _: BackendCoord) -> Drawn {
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let (width, height) = (length(right - left), length(bottom - top));
        let d = format!("M{} {}h{width}v{height}h-{width}z", length(left), length(top));
        self.path(Ink::of(style.color()).classes(if fill { "m" } else { "ln" }), d);
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        points: I,
        style: &S,
    ) -> Drawn {
        self.path(Ink::of(style.color()).classes("ln"), through(points));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        _: bool,
    ) -> Drawn {
        let circle = Node::classed("circle", Ink::of(style.color()).classes("pt"))
            .with("cx", length(x))
            .with("cy", length(y))
            .with("r", px(f64::from(radius) / UNITS));
        self.nodes.borrow_mut().push(circle);
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        points: I,
        style: &S,
    ) -> Drawn {
        let mut d = through(points);
        d.push('z');
        self.path(Ink::of(style.color()).classes("m"), d);
        Ok(())
    }
}
