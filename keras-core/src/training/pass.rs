//! A pass of a batch through a model: the front tile by tile, the head at once.

use core::ops::Range;

use super::tiles::Tiles;
use crate::backend::{Backend, FloatBuf, Floats, FloatsMut, Stream};
use crate::error::Result;
use crate::model::{Backward, Forward, INPUT, Lane, Model, Part, Rooms, Store, reserve};
use crate::shape::numel;

/// Makes room for a batch in a model's store.
pub(crate) fn make_room<M: Model>(
    store: &mut Store<M::Backend>,
    tiles: Tiles,
    n: usize,
    training: bool,
) -> Result<()> {
    let (front, head) = (M::LAYOUT.front, M::LAYOUT.head);
    let gradients = |part: Part, n: usize| if training { part.gradients * n } else { 0 };
    let Store { device, rooms, .. } = store;
    let Rooms { lanes, head: room, between, between_gradient, output } = rooms;
    if !front.is_empty() {
        while lanes.len() < tiles.lanes() {
            lanes.push(Lane::new(device)?);
        }
        let works = if returns::<M>(training) { tiles.of_each_lane() } else { 1 };
        for (number, lane) in lanes[..tiles.lanes()].iter_mut().enumerate() {
            while lane.works.len() < works {
                lane.works.push(device.alloc(0)?);
            }
            for work in &mut lane.works[..works] {
                reserve(device, work, front.workspace(tiles.tile))?;
            }
            reserve(device, &mut lane.spare, gradients(front, tiles.tile))?;
            reserve(device, &mut lane.output, tiles.lane * front.output_len)?;
            if training && number > 0 {
                reserve(device, &mut lane.grads, front.params_end)?;
            }
        }
    }
    if !head.is_empty() {
        reserve(device, &mut room.work, head.workspace(n))?;
        reserve(device, &mut room.spare, gradients(head, n))?;
    }
    if !front.is_empty() && !head.is_empty() {
        reserve(device, between, n * front.output_len)?;
        reserve(device, between_gradient, if training { n * front.output_len } else { 0 })?;
    }
    reserve(device, output, n * numel::<M::Output>())
}

/// Whether the front's tiles are needed again after the head has seen all of them.
pub(crate) const fn returns<M: Model>(training: bool) -> bool {
    training && !M::LAYOUT.head.is_empty()
}

/// What all parts and tiles of a pass share.
pub(crate) struct Pass<'a, M: Model> {
    pub layers: &'a M::Layers,
    pub device: &'a M::Backend,
    pub params: Floats<'a, M::Backend>,
    pub stream: Stream,
    pub training: bool,
}

/// Some samples, and the numbers that a part of the model is given for them.
pub(crate) struct Given<'a, M: Model> {
    /// Which sample of the batch is the first.
    pub first: usize,
    pub n: usize,
    pub x: Floats<'a, M::Backend>,
}

impl<'a, M: Model> Given<'a, M> {
    /// The samples `first..first + n` of `x`.
    pub fn of<'x: 'a>(part: Part, x: Floats<'x, M::Backend>, first: usize, n: usize) -> Self {
        let len = part.input_len;
        Self { first, n, x: <M::Backend as Backend>::part(x, first * len..(first + n) * len) }
    }

    fn all(&self, part: Part) -> Floats<'_, M::Backend> {
        <M::Backend as Backend>::part(self.x, 0..self.n * part.input_len)
    }
}

impl<M: Model> Pass<'_, M> {
    fn params(&self) -> Floats<'_, M::Backend> {
        <M::Backend as Backend>::part(self.params, 0..M::LAYOUT.params())
    }

    /// Runs a part forward; copies its outputs to `output`, from sample `at` on.
    pub fn forward(
        &self,
        part: Part,
        given: &Given<'_, M>,
        work: &mut FloatBuf<M::Backend>,
        output: &mut FloatBuf<M::Backend>,
        at: usize,
    ) {
        let Self { layers, device, stream, training, .. } = *self;
        let Given { first, n, .. } = *given;
        let (layout, params, x) = (M::LAYOUT, self.params(), given.all(part));
        let pass = Forward { device, layout, part, n, first, training, stream, params, x, work: &mut *work };
        M::forward(layers, pass);
        let len = part.output_len;
        let y = if part.output == INPUT {
            given.all(part)
        } else {
            <M::Backend as Backend>::view(work, part.place(part.output, len, n))
        };
        device.copy(y, <M::Backend as Backend>::view_mut(output, at * len..(at + n) * len));
    }

    /// Runs a part backward; the gradient by its outputs lies in its place in `spare`.
    pub fn backward(
        &self,
        part: Part,
        given: &Given<'_, M>,
        (work, spare): (&mut FloatBuf<M::Backend>, &mut FloatBuf<M::Backend>),
        (grads, add): (&mut FloatBuf<M::Backend>, bool),
        mut dx: Option<FloatsMut<'_, M::Backend>>,
    ) {
        let Self { layers, device, stream, training, .. } = *self;
        let Given { first, n, .. } = *given;
        let (layout, params, x) = (M::LAYOUT, self.params(), given.all(part));
        let dx = dx.as_mut().map(<M::Backend as Backend>::lend);
        M::backward(
            layers,
            Backward {
                device,
                layout,
                part,
                n,
                first,
                training,
                stream,
                params,
                x,
                work,
                spare,
                grads,
                add,
                dx,
            },
        );
    }

    /// Calls `work` for all lanes that there are tiles for, side by side where there are several.
    pub fn each_lane(
        &self,
        tiles: Tiles,
        lanes: &mut [Lane<M::Backend>],
        work: impl Fn(usize, &mut Lane<M::Backend>) + Sync,
    ) {
        match &mut lanes[..tiles.lanes()] {
            [lane] => work(0, lane),
            lanes => self.device.each(lanes, work),
        }
    }

    /// Puts the outputs of all lanes one after the other.
    pub fn gather(&self, tiles: Tiles, lanes: &[Lane<M::Backend>], to: &mut FloatBuf<M::Backend>) {
        let len = M::LAYOUT.front.output_len;
        for (number, lane) in lanes[..tiles.lanes()].iter().enumerate() {
            let samples = tiles.of_lane(number);
            let from = <M::Backend as Backend>::view(&lane.output, 0..samples.len() * len);
            let to = <M::Backend as Backend>::view_mut(to, samples.start * len..samples.end * len);
            self.device.copy(from, to);
        }
    }

    /// Runs the whole model forward; `x` is the whole batch's. The outputs are left in the rooms.
    pub fn all(&self, tiles: Tiles, n: usize, x: Floats<'_, M::Backend>, rooms: &mut Rooms<M::Backend>) {
        let (front, head) = (M::LAYOUT.front, M::LAYOUT.head);
        let Rooms { lanes, head: room, between, output, .. } = rooms;
        if !front.is_empty() {
            let keep = returns::<M>(self.training);
            self.each_lane(tiles, lanes, |number, lane| {
                let start = tiles.of_lane(number).start;
                for (i, tile) in tiles.tiles(number).enumerate() {
                    let given = Given::of(front, x, tile.start, tile.len());
                    let work = &mut lane.works[if keep { i } else { 0 }];
                    self.forward(front, &given, work, &mut lane.output, tile.start - start);
                }
            });
            self.gather(tiles, lanes, if head.is_empty() { &mut *output } else { &mut *between });
        }
        if !head.is_empty() {
            let given = self.of_head(n, x, between);
            self.forward(head, &given, &mut room.work, output, 0);
        }
    }

    /// What the head is given.
    pub fn of_head<'a, 'x: 'a>(
        &self,
        n: usize,
        x: Floats<'x, M::Backend>,
        between: &'a FloatBuf<M::Backend>,
    ) -> Given<'a, M> {
        let (front, head) = (M::LAYOUT.front, M::LAYOUT.head);
        if front.is_empty() {
            return Given::of(head, x, 0, n);
        }
        Given { first: 0, n, x: <M::Backend as Backend>::view(between, 0..n * head.input_len) }
    }

    /// Runs the head backward, then the front, tile by tile. The gradient by the outputs lies in its
    /// place; that by the inputs of the whole batch goes to `dx`, for which there must be one tile.
    pub fn all_back(
        &self,
        tiles: Tiles,
        n: usize,
        x: Floats<'_, M::Backend>,
        rooms: &mut Rooms<M::Backend>,
        (grads, add): (&mut FloatBuf<M::Backend>, bool),
        dx: Option<FloatsMut<'_, M::Backend>>,
    ) {
        let (front, head) = (M::LAYOUT.front, M::LAYOUT.head);
        let Rooms { lanes, head: room, between, between_gradient, .. } = rooms;
        if !head.is_empty() {
            let given = self.of_head(n, x, between);
            let rooms = (&mut room.work, &mut room.spare);
            if front.is_empty() {
                return self.backward(head, &given, rooms, (grads, add), dx);
            }
            let len = n * front.output_len;
            let to = <M::Backend as Backend>::view_mut(between_gradient, 0..len);
            self.backward(head, &given, rooms, (&mut *grads, add), Some(to));
        }
        if tiles.lanes() == 1
            && tiles.of_each_lane() == 1
            && let [Lane { works, spare, .. }, ..] = lanes.as_mut_slice()
        {
            if !head.is_empty() {
                self.hand_down(&(0..n), between_gradient, spare);
            }
            let given = Given::of(front, x, 0, n);
            return self.backward(front, &given, (&mut works[0], spare), (grads, add), dx);
        }
        self.in_lanes(tiles, lanes, grads, |number, lane| {
            for (i, tile) in tiles.tiles(number).enumerate() {
                self.hand_down(&tile, between_gradient, &mut lane.spare);
                let given = Given::of(front, x, tile.start, tile.len());
                let rooms = (&mut lane.works[i], &mut lane.spare);
                self.backward(front, &given, rooms, (&mut lane.grads, i > 0 || add && number == 0), None);
            }
        });
    }

    /// The gradient that the head leaves for some samples goes to its place in the front.
    fn hand_down(
        &self,
        samples: &Range<usize>,
        from: &FloatBuf<M::Backend>,
        spare: &mut FloatBuf<M::Backend>,
    ) {
        let (len, start) = (M::LAYOUT.front.output_len, M::LAYOUT.front.output_gradient * samples.len());
        let from = <M::Backend as Backend>::view(from, samples.start * len..samples.end * len);
        let to = <M::Backend as Backend>::view_mut(spare, start..start + samples.len() * len);
        self.device.copy(from, to);
    }

    /// Works in lanes, then adds up their gradients in `grads`, which the first lane borrows meanwhile.
    pub fn in_lanes(
        &self,
        tiles: Tiles,
        lanes: &mut [Lane<M::Backend>],
        grads: &mut FloatBuf<M::Backend>,
        work: impl Fn(usize, &mut Lane<M::Backend>) + Sync,
    ) {
        core::mem::swap(&mut lanes[0].grads, grads);
        self.each_lane(tiles, lanes, work);
        core::mem::swap(&mut lanes[0].grads, grads);
        for lane in &lanes[1..tiles.lanes()] {
            let all = 0..M::LAYOUT.front.params_end;
            let from = <M::Backend as Backend>::view(&lane.grads, all.clone());
            self.device.add(from, <M::Backend as Backend>::view_mut(grads, all));
        }
    }
}

/// Keeps what layers are to remember from now on.
pub(crate) fn remember<M: Model>(
    device: &M::Backend,
    head: &FloatBuf<M::Backend>,
    params: &mut FloatBuf<M::Backend>,
) {
    if M::LAYOUT.state > 0 {
        let next = <M::Backend as Backend>::view(head, 0..M::LAYOUT.state);
        let to = M::LAYOUT.trained..M::LAYOUT.params();
        device.copy(next, <M::Backend as Backend>::view_mut(params, to));
    }
}
