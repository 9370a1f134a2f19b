//! Makes a small picture: `cargo run -p ink --example postcard -- postcard.png`.
//!
//! It uses the library as Rust does, without the border: nothing here says who frees what.

use std::ops::ControlFlow;
use std::process::ExitCode;

use ink::{Error, Image, Pixel};

const WIDTH: u32 = 480;
const HEIGHT: u32 = 320;
/// The row in which the sky ends and the sea begins.
const HORIZON: u32 = 200;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(path), None) = (arguments.next(), arguments.next()) else {
        eprintln!("error: `postcard` takes one path, the picture to write\n");
        eprintln!("hint: run `cargo run -p ink --example postcard -- postcard.png`");
        return ExitCode::from(2);
    };
    match draw().and_then(|card| card.write(&path).map(|()| card)) {
        Ok(card) => {
            println!("{}", card.describe());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}\n");
            eprintln!("hint: give a path in a folder that exists and that you may write to");
            ExitCode::FAILURE
        }
    }
}

fn draw() -> Result<Image, Error> {
    let mut card = Image::new(WIDTH, HEIGHT)?;
    card.set_title("Sunset over the bindery")?;
    paint(
        &mut card,
        |x, y, _| if y < HORIZON { sky(x, y) } else { sea(x, y) },
    )?;
    card.blur(2)?; // soft edges and calm water, and then what should be sharp
    paint(&mut card, |x, y, behind| {
        if is_boat(x, y) {
            Pixel::new(38, 24, 52)
        } else {
            behind
        }
    })?;
    paint(&mut card, frame)?;
    Ok(card)
}

/// Replaces each pixel by what the brush makes of it.
fn paint(card: &mut Image, brush: impl Fn(u32, u32, Pixel) -> Pixel) -> Result<(), Error> {
    card.map(|x, y, pixel| {
        *pixel = brush(x, y, *pixel);
        ControlFlow::Continue(())
    })
}

/// From night above to evening at the horizon, with half a sun.
fn sky(x: u32, y: u32) -> Pixel {
    let (right, up) = (x as f32 - 300.0, HORIZON as f32 - y as f32);
    let distance = right.hypot(up);
    if distance < 60.0 {
        return mix(
            Pixel::new(255, 214, 120),
            Pixel::new(255, 110, 70),
            1.0 - up / 60.0,
        );
    }
    let evening = mix(
        Pixel::new(52, 40, 104),
        Pixel::new(255, 150, 100),
        y as f32 / 200.0,
    );
    mix(
        evening,
        Pixel::new(255, 220, 150),
        (1.0 - (distance - 60.0) / 90.0).max(0.0) * 0.6,
    )
}

/// The sky upside down, darker, and broken by waves that grow as they come nearer.
fn sea(x: u32, y: u32) -> Pixel {
    let depth = (y - HORIZON) as f32;
    let wave = (depth * depth * 0.004 + depth * 0.9).sin() * (2.0 + depth * 0.16);
    let x = (x as f32 + wave * 2.0).clamp(0.0, WIDTH as f32 - 1.0);
    let mirrored = sky(x as u32, HORIZON - 1 - (depth * 1.3) as u32);
    mix(mirrored, Pixel::new(30, 34, 84), 0.35 + depth / 300.0)
}

/// A sail and a hull, in black against the light.
fn is_boat(x: u32, y: u32) -> bool {
    let (x, y) = (x as f32 - 140.0, y as f32 - 212.0);
    let hull = (0.0..10.0).contains(&y) && x.abs() < 34.0 - y;
    let sail = (-70.0..-4.0).contains(&y) && (0.0..(y + 70.0) * 0.42).contains(&x);
    let jib = (-56.0..-4.0).contains(&y) && ((y + 56.0) * -0.36..-3.0).contains(&x);
    hull || sail || jib
}

/// White paper around the picture, as postcards have.
fn frame(x: u32, y: u32, inside: Pixel) -> Pixel {
    let edge = x.min(y).min(WIDTH - 1 - x).min(HEIGHT - 1 - y);
    if edge < 12 {
        Pixel::new(250, 247, 240)
    } else {
        inside
    }
}

/// So much of `b`, and the rest of `a`.
fn mix(a: Pixel, b: Pixel, share: f32) -> Pixel {
    let share = share.clamp(0.0, 1.0);
    let channel = |a: u8, b: u8| (f32::from(a) + (f32::from(b) - f32::from(a)) * share) as u8;
    Pixel::new(channel(a.r, b.r), channel(a.g, b.g), channel(a.b, b.b))
}
