use keras_static::static_model;

const WIDE: usize = 64;

static_model! { pub struct NoFile< Dense<100, 64, Relu>, Dense<64, 1> > }
static_model! { pub struct Shapes< Dense<100, 64, Relu>, Dense<32, 1> > = "net.safetensors" }
static_model! { pub struct Residuals< Input<8>, Residual<Dense<_, 8, Relu>>, Dense<_, 1> > = "net.safetensors" }
static_model! { pub struct Activations< Dense<8, 4, SparsePlus>, Dense<_, 1, self::Mine> > = "net.safetensors" }
static_model! { pub struct Smooth< Input<4, 4, 1>, UpSampling2D<2, interpolation = Bilinear>, Flatten, Dense<_, 1> > = "net.safetensors" }
static_model! { pub struct Own< Input<8>, self::Mine, Dense<_, 1> > = "net.safetensors" }
static_model! { pub struct Named< Dense<100, WIDE, Relu>, Dense<WIDE, 1> > = "net.safetensors" }

fn main() {}

// mistakes: 8
