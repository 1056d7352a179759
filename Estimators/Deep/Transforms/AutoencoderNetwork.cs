using MLPath.Deep;

namespace MLPath.Transforms;

/// <summary>Two networks: the encoder makes d numbers to a code, the decoder a code to d numbers again; the decoder's layers are the encoder's in reverse.</summary>
internal sealed class AutoencoderNetwork : Module
{
    public AutoencoderNetwork(int features, IReadOnlyList<int> hiddenUnits, int codeSize)
    {
        Encoder = AddModule("encoder", Layers([features, .. hiddenUnits, codeSize]));
        Decoder = AddModule("decoder", Layers([codeSize, .. hiddenUnits.Reverse(), features]));
    }

    public Sequential Encoder { get; }

    public Sequential Decoder { get; }

    // ReLU after every layer but the last, which is free to give any number.
    private static Sequential Layers(int[] sizes)
    {
        var layers = new Sequential();
        for (int i = 0; i + 1 < sizes.Length; i++)
        {
            if (i > 0) layers.Add(new Activation(UnaryFunction.ReLU));
            layers.Add(new Linear(sizes[i], sizes[i + 1]));
        }

        return layers;
    }
}
