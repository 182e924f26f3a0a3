//! A pass of a batch through a model: the front tile by tile, the head at once.

use core::ops::Range;

use super::tiles::Tiles;
use crate::backend::{Backend, FloatBuf, Floats, FloatsMut, Stream};
use crate::error::Result;
use crate::model::{
    Activity, Backward, Forward, INPUT, Lane, Model, Part, Parts, Rooms, Store, hand_out, reserve,
};

/// Makes room for a batch in a model's store.
pub(crate) fn make_room<M: Model>(
    store: &mut Store<M::Backend>,
    tiles: Tiles,
    n: usize,
    training: bool,
) -> Result<()> {
    let Parts { front, head } = M::LAYOUT.parts(training);
    let gradients = |part: &Part, n: usize| if training { part.gradients * n } else { 0 };
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
    reserve(device, output, n * M::LAYOUT.full.last().output_len)
}

/// Whether the front's tiles are needed again after the head has seen all of them.
pub(crate) const fn returns<M: Model>(training: bool) -> bool {
    training && !M::LAYOUT.full.head.is_empty()
}

/// What all parts and tiles of a pass share.
pub(crate) struct Pass<'a, M: Model> {
    pub layers: &'a M::Layers,
    pub device: &'a M::Backend,
    pub params: Floats<'a, M::Backend>,
    pub stream: Stream,
    /// Penalties on what layers make, where they are asked for: of one tile.
    pub activity: Option<&'a Activity>,
    /// By step of the plan, whether the layer is frozen.
    pub frozen: &'a [bool],
    /// Whether layers behave as in training.
    pub training: bool,
    /// Whether there will be a backward pass.
    pub keeps: bool,
    /// The step that the backward pass ends at.
    pub from: usize,
}

/// Some samples of a batch, and all numbers that a part of the model is given.
pub(crate) struct Given<'a, 'x, M: Model> {
    /// Which sample of the batch is the first.
    pub first: usize,
    pub n: usize,
    /// Of the whole batch.
    pub inputs: &'a [Floats<'x, M::Backend>],
}

impl<M: Model> Pass<'_, M> {
    const FULL: &'static Parts = &M::LAYOUT.full;

    fn parts(&self) -> &'static Parts {
        const { &M::LAYOUT }.parts(self.keeps)
    }

    fn params(&self) -> Floats<'_, M::Backend> {
        <M::Backend as Backend>::part(self.params, 0..M::LAYOUT.params())
    }

    /// Runs a part forward; copies its outputs to `output`, which has room for those of `all` samples,
    /// from sample `at` on.
    pub fn forward(
        &self,
        part: &'static Part,
        given: &Given<'_, '_, M>,
        work: &mut FloatBuf<M::Backend>,
        output: &mut FloatBuf<M::Backend>,
        (all, at): (usize, usize),
    ) {
        let Self { layers, device, stream, activity, frozen, training, keeps, .. } = *self;
        let Given { first, n, inputs } = *given;
        let (layout, params) = (const { &M::LAYOUT }, self.params());
        let work_here = &mut *work;
        let pass = Forward {
            device,
            layout,
            part,
            keeps,
            n,
            first,
            training,
            frozen,
            stream,
            activity,
            params,
            inputs,
            work: work_here,
        };
        M::forward(layers, pass);
        for from in part.outputs() {
            let y = if from.at == INPUT {
                <M::Backend as Backend>::part(inputs[from.input], first * from.len..(first + n) * from.len)
            } else {
                <M::Backend as Backend>::view(work, part.place(from.at, from.len, n))
            };
            device.copy(y, <M::Backend as Backend>::view_mut(output, from.range(all, at, n)));
        }
    }

    /// Runs a part backward; the gradients by its outputs lie in their places in `spare`. Those by its
    /// inputs, of these samples, go to `dx`.
    pub fn backward(
        &self,
        part: &'static Part,
        given: &Given<'_, '_, M>,
        (work, spare): (&mut FloatBuf<M::Backend>, &mut FloatBuf<M::Backend>),
        (grads, add): (&mut FloatBuf<M::Backend>, bool),
        dx: &mut [FloatsMut<'_, M::Backend>],
    ) {
        let Self { layers, device, stream, activity, frozen, training, from, .. } = *self;
        let Given { first, n, inputs } = *given;
        let (layout, params) = (const { &M::LAYOUT }, self.params());
        let mut pass = Backward {
            device,
            layout,
            part,
            n,
            first,
            training,
            frozen,
            stream,
            activity,
            params,
            inputs,
            work,
            spare,
            grads,
            add,
            dx,
            from,
        };
        if !pass.dx.is_empty() {
            hand_out(&mut pass);
        }
        M::backward(layers, pass);
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
    pub fn gather(&self, tiles: Tiles, n: usize, lanes: &[Lane<M::Backend>], to: &mut FloatBuf<M::Backend>) {
        for (number, lane) in lanes[..tiles.lanes()].iter().enumerate() {
            let samples = tiles.of_lane(number);
            for output in self.parts().front.outputs() {
                let from = output.range(tiles.lane, 0, samples.len());
                let from = <M::Backend as Backend>::view(&lane.output, from);
                let place = output.range(n, samples.start, samples.len());
                self.device.copy(from, <M::Backend as Backend>::view_mut(to, place));
            }
        }
    }

    /// Runs the whole model forward; `inputs` are the whole batch's. The outputs are left in the rooms.
    pub fn all(
        &self,
        tiles: Tiles,
        n: usize,
        inputs: &[Floats<'_, M::Backend>],
        rooms: &mut Rooms<M::Backend>,
    ) {
        let Parts { front, head } = self.parts();
        let Rooms { lanes, head: room, between, output, .. } = rooms;
        if !front.is_empty() {
            let keep = self.keeps && !head.is_empty();
            self.each_lane(tiles, lanes, |number, lane| {
                let start = tiles.of_lane(number).start;
                for (i, tile) in tiles.tiles(number).enumerate() {
                    let given = Given { first: tile.start, n: tile.len(), inputs };
                    let work = &mut lane.works[if keep { i } else { 0 }];
                    self.forward(front, &given, work, &mut lane.output, (tiles.lane, tile.start - start));
                }
            });
            self.gather(tiles, n, lanes, if head.is_empty() { &mut *output } else { &mut *between });
        }
        if !head.is_empty() {
            if front.is_empty() {
                let given = Given { first: 0, n, inputs };
                return self.forward(head, &given, &mut room.work, output, (n, 0));
            }
            let between = <M::Backend as Backend>::view(between, 0..n * front.output_len);
            let given = Given { first: 0, n, inputs: &[between] };
            self.forward(head, &given, &mut room.work, output, (n, 0));
        }
    }

    /// Runs the head backward, then the front, tile by tile. The gradients by the outputs lie in their
    /// places; those by the inputs of the whole batch go to `dx`, for which there must be one tile.
    pub fn all_back(
        &self,
        tiles: Tiles,
        n: usize,
        inputs: &[Floats<'_, M::Backend>],
        rooms: &mut Rooms<M::Backend>,
        (grads, add): (&mut FloatBuf<M::Backend>, bool),
        dx: &mut [FloatsMut<'_, M::Backend>],
    ) {
        let Parts { front, head } = Self::FULL;
        let Rooms { lanes, head: room, between, between_gradient, .. } = rooms;
        if !head.is_empty() {
            let rooms = (&mut room.work, &mut room.spare);
            if front.is_empty() {
                let given = Given { first: 0, n, inputs };
                return self.backward(head, &given, rooms, (grads, add), dx);
            }
            let len = n * front.output_len;
            let given = Given { first: 0, n, inputs: &[<M::Backend as Backend>::view(between, 0..len)] };
            if self.from >= front.end {
                return self.backward(head, &given, rooms, (grads, add), &mut []);
            }
            let to = <M::Backend as Backend>::view_mut(between_gradient, 0..len);
            self.backward(head, &given, rooms, (&mut *grads, add), &mut [to]);
        }
        if tiles.lanes() == 1
            && tiles.of_each_lane() == 1
            && let [Lane { works, spare, .. }, ..] = lanes.as_mut_slice()
        {
            if !head.is_empty() {
                self.hand_down(&(0..n), between_gradient, spare);
            }
            let given = Given { first: 0, n, inputs };
            return self.backward(front, &given, (&mut works[0], spare), (grads, add), dx);
        }
        self.in_lanes(tiles, lanes, grads, |number, lane| {
            for (i, tile) in tiles.tiles(number).enumerate() {
                self.hand_down(&tile, between_gradient, &mut lane.spare);
                let given = Given { first: tile.start, n: tile.len(), inputs };
                let rooms = (&mut lane.works[i], &mut lane.spare);
                let grads = (&mut lane.grads, i > 0 || add && number == 0);
                self.backward(front, &given, rooms, grads, &mut []);
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
        let between = &Self::FULL.front.outputs[0];
        let (len, start) = (between.len, between.gradient * samples.len());
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
            let all = 0..M::LAYOUT.full.front.params_end;
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
    frozen: &[bool],
) {
    if M::LAYOUT.state == 0 {
        return;
    }
    let mut keep = |next: Range<usize>| {
        let to = M::LAYOUT.trained + next.start..M::LAYOUT.trained + next.end;
        let next = <M::Backend as Backend>::view(head, next);
        device.copy(next, <M::Backend as Backend>::view_mut(params, to));
    };
    if !frozen.contains(&true) {
        return keep(0..M::LAYOUT.state);
    }
    for layer in M::LAYERS.iter().filter(|layer| !layer.state.is_empty() && !frozen[layer.step]) {
        let start = layer.state_offset - M::LAYOUT.trained;
        keep(start..start + crate::layers::Variable::total(layer.state));
    }
}
