"""The convolutional encoder of slovnet's networks, with the numbers of a token side by side: the same sums, cheaper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Layer:
    """weight: (width * inputs, outputs), one row of inputs for each token of the window; then a positive part and a
    normalisation, both of shape (outputs,)."""

    weight: NDArray[np.float32]
    bias: NDArray[np.float32]
    scale: NDArray[np.float32]
    shift: NDArray[np.float32]
    width: int


@dataclass(frozen=True)
class Encoder:
    """Stands in for `slovnet.exec.model.CNNEncoder`."""

    layers: tuple[Layer, ...]

    @classmethod
    def of(cls, encoder: Any) -> Encoder:
        """From slovnet's own, whose windows are as wide as leaves every token its place."""
        return cls(tuple(_layer(layer) for layer in encoder.layers))

    def __call__(self, embedded: NDArray[np.float32], padding: NDArray[np.bool_]) -> NDArray[np.float32]:
        """(batch, length, inputs) and where the padding is -> (batch, length, outputs)."""
        import numpy as np

        state = embedded
        for layer in self.layers:
            batch, length, inputs = state.shape
            reach = layer.width // 2
            wide = np.zeros((batch, length + 2 * reach, inputs), np.float32)
            wide[:, reach : reach + length] = state
            rows = np.concatenate([wide[:, at : at + length] for at in range(layer.width)], axis=2)
            made = rows.reshape(batch * length, -1) @ layer.weight
            made += layer.bias
            np.maximum(made, 0, out=made)
            made *= layer.scale
            made += layer.shift
            state = made.reshape(batch, length, -1)
            state[padding] = 0
        return state


def _layer(layer: Any) -> Layer:
    import numpy as np

    conv, norm = layer.conv, layer.norm
    kernel = conv.weight.array  # outputs x inputs x width
    scale = norm.weight.array / norm.std.array
    return Layer(
        np.ascontiguousarray(kernel.transpose(2, 1, 0).reshape(-1, kernel.shape[0])),
        conv.bias.array,
        scale,
        norm.bias.array - norm.mean.array * scale,
        kernel.shape[2],
    )
