//! A picture as its pixels: written small, read again, and held against another one.

use std::{cmp::Reverse, collections::HashMap, fmt, fs, path::Path};

use anyhow::{Context as _, ensure};
use color_quant::NeuQuant;
use png::{BitDepth, ColorType, Compression, Encoder};

/// Colours of a picture in the guide: all that a file with a palette can have.
const COLOURS: usize = 256;
/// The most frequent ones are kept as they are: surfaces, lines and letters.
const SURFACES: usize = 96;

/// How far a square's mean may be from the approved one, of 255. Letters that are drawn a pixel aside stay below it.
const FAR: u8 = 30;
/// The edge of the field in which squares that are farther are counted.
const FIELD: usize = 16;
/// So many of them in one field are no accident of drawing.
const MANY: usize = 24;

/// Red, green and blue of each pixel, line by line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// Pixels of a line.
    pub width: usize,
    /// Lines.
    pub height: usize,
    /// Three bytes for each.
    pub rgb: Vec<u8>,
}

/// Where a picture is not as it was approved.
#[derive(Debug, PartialEq, Eq)]
pub struct Unlike {
    /// The field with most of the difference: its left and upper edge, as parts of a hundred of the picture.
    pub at: (usize, usize),
    /// Squares in it that are far from the approved ones.
    pub squares: usize,
}

impl fmt::Display for Unlike {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (x, y) = self.at;
        let of = FIELD * FIELD;
        write!(f, "around {x} % from the left and {y} % from above, {} of {of} squares differ", self.squares)
    }
}

impl Pixels {
    /// As a file with every colour.
    pub fn png(&self) -> anyhow::Result<Vec<u8>> {
        written(self, ColorType::Rgb, None, &self.rgb)
    }

    /// As a file with a palette: a third as large, and the eye sees no difference. Each shade counts once, however few pixels have
    /// it, or a small sign would take on the colour of a large surface.
    pub fn small_png(&self) -> anyhow::Result<Vec<u8>> {
        let pixels = self.rgb.as_chunks::<3>().0;
        let mut counts: HashMap<[u8; 3], usize> = HashMap::new();
        for pixel in pixels {
            *counts.entry(*pixel).or_default() += 1;
        }
        let mut colours: Vec<([u8; 3], usize)> = counts.into_iter().collect();
        colours.sort_unstable_by_key(|(colour, count)| (Reverse(*count), *colour));
        let (surfaces, shades) = colours.split_at(SURFACES.min(colours.len()));
        let shades: Vec<u8> =
            shades.iter().flat_map(|([red, green, blue], _)| [*red, *green, *blue, 255]).collect();
        let mut palette: Vec<[u8; 3]> = surfaces.iter().map(|(colour, _)| *colour).collect();
        if !shades.is_empty() {
            let made = NeuQuant::new(1, COLOURS - SURFACES, &shades).color_map_rgb();
            palette.extend_from_slice(made.as_chunks().0);
        }
        let index: anyhow::Result<HashMap<[u8; 3], u8>> =
            colours.iter().map(|(colour, _)| Ok((*colour, nearest(&palette, *colour)?))).collect();
        let index = index?;
        let indices: Vec<u8> = pixels.iter().map(|pixel| index[pixel]).collect();
        written(self, ColorType::Indexed, Some(palette.concat()), &indices)
    }

    /// A file that [`Pixels::png`] wrote.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let file = fs::read(path).with_context(|| format!("there is no {}", path.display()))?;
        let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info()?;
        let mut rgb = vec![0; reader.output_buffer_size().context("too large")?];
        let info = reader.next_frame(&mut rgb)?;
        ensure!(info.color_type == ColorType::Rgb, "{} has other colours", path.display());
        Ok(Self { width: usize::try_from(info.width)?, height: usize::try_from(info.height)?, rgb })
    }

    /// The means of squares of so many pixels.
    pub fn reduced(&self, edge: usize) -> Self {
        let (width, height) = (self.width / edge, self.height / edge);
        let mean = |x: usize, y: usize, channel: usize| {
            let pixels = (0..edge * edge).map(|n| (x * edge + n % edge, y * edge + n / edge));
            let sum: usize = pixels.map(|(x, y)| usize::from(self.channel(x, y, channel))).sum();
            u8::try_from(sum / (edge * edge)).unwrap_or(u8::MAX)
        };
        let squares = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let rgb = squares.flat_map(|(x, y)| [0, 1, 2].map(|channel| mean(x, y, channel))).collect();
        Self { width, height, rgb }
    }

    fn channel(&self, x: usize, y: usize, channel: usize) -> u8 {
        self.rgb.get((y * self.width + x) * 3 + channel).copied().unwrap_or_default()
    }

    /// Where this reduced picture differs most from an approved one; `None` where it is the same to the eye. Squares are counted by
    /// fields, since a button that is gone is nothing against the whole of a page.
    pub fn unlike(&self, approved: &Self) -> anyhow::Result<Option<Unlike>> {
        ensure!(
            (self.width, self.height) == (approved.width, approved.height),
            "it has {} x {} squares and not {} x {}",
            self.width,
            self.height,
            approved.width,
            approved.height
        );
        let far = |x: usize, y: usize| {
            (0..3).any(|channel| self.channel(x, y, channel).abs_diff(approved.channel(x, y, channel)) > FAR)
        };
        let far: Vec<bool> =
            (0..self.width * self.height).map(|n| far(n % self.width, n / self.width)).collect();
        let count = |left: usize, top: usize| {
            let lines = (top..(top + FIELD).min(self.height)).map(|y| y * self.width);
            let right = (left + FIELD).min(self.width);
            lines.map(|line| far[line + left..line + right].iter().filter(|far| **far).count()).sum::<usize>()
        };
        let steps = |length: usize| (0..length).step_by(FIELD / 2);
        let fields = steps(self.height).flat_map(|y| steps(self.width).map(move |x| (x, y)));
        let worst = fields.map(|(x, y)| (count(x, y), x, y)).max().unwrap_or_default();
        let (squares, x, y) = worst;
        let at = (x * 100 / self.width.max(1), y * 100 / self.height.max(1));
        Ok((squares > MANY).then_some(Unlike { at, squares }))
    }
}

/// Where in the palette the colour is that is closest to this one.
fn nearest(palette: &[[u8; 3]], colour: [u8; 3]) -> anyhow::Result<u8> {
    let distance = |other: &[u8; 3]| -> u32 {
        colour.iter().zip(other).map(|(one, other)| u32::from(one.abs_diff(*other)).pow(2)).sum()
    };
    let closest = (0..palette.len()).min_by_key(|place| distance(&palette[*place]));
    Ok(u8::try_from(closest.context("a palette without colours")?)?)
}

fn written(
    pixels: &Pixels,
    colours: ColorType,
    palette: Option<Vec<u8>>,
    data: &[u8],
) -> anyhow::Result<Vec<u8>> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, u32::try_from(pixels.width)?, u32::try_from(pixels.height)?);
    encoder.set_color(colours);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::High);
    if let Some(palette) = palette {
        encoder.set_palette(palette);
    }
    encoder.write_header()?.write_image_data(data)?;
    Ok(file)
}
