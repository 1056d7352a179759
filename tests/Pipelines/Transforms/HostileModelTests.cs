using MLPath.Runtime;
using MLPath.Tests.Models;
using Files = MLPath.Tests.Models.Models;

namespace MLPath.Tests.Transforms;

/// <summary>Files that name a transform but do not hold one: each is refused with words, none crashes.</summary>
[TestClass]
public sealed class HostileModelTests
{
    [TestMethod]
    public void Columns_must_be_pairs()
    {
        foreach (string id in (string[])["MLPath.CopyColumns", "MLPath.MapKeyToValue", "MLPath.MapKeyToBinaryVector"])
        {
            Refuses(id, "setting 'Outputs' is missing", _ => { });
            Refuses(id, "one input column for each output", c => Columns(c, ["a", "b"], ["a"]));
            Refuses(id, "one input column for each output", c => Columns(c, [], []));
            Refuses(id, "one input column for each output", c => Columns(c, [""], ["x"]));
            Refuses(id, "a column twice", c => Columns(c, ["a", "a"], ["a", "b"]));
        }
    }

    [TestMethod]
    public void Selections_must_name_columns_once()
    {
        Refuses("MLPath.SelectColumns", "names no column", c => c.Write("Columns", []));
        Refuses("MLPath.SelectColumns", "or one twice", c => c.Write("Columns", ["a", "a"]));
    }

    [TestMethod]
    public void Normalisers_must_have_finite_parameters_for_their_type()
    {
        Refuses("MLPath.Normalize", "one function for each column", c => Normalizer(c, [], []));
        Refuses("MLPath.Normalize", "'Root' is not a kind", c => Normalizer(c, ["Root"], ["Single"], [1], [1]));
        Refuses("MLPath.Normalize", "does not have the parameters of Vector<Single, 3>", c => Normalizer(c, ["Affine"], ["Vector<Single, 3>"], [1, 2], [1, 2]));
        Refuses("MLPath.Normalize", "does not have the parameters", c => Normalizer(c, ["Affine"], ["Vector<Single, 0>"], [], []));
        Refuses("MLPath.Normalize", "does not have the parameters of Text", c => Normalizer(c, ["Affine"], ["Text"], [1], [1]));
        Refuses("MLPath.Normalize", "does not have the parameters", c => Normalizer(c, ["Affine"], ["Single"], [1], [1, 2]));
        Refuses("MLPath.Normalize", "not finite", c => Normalizer(c, ["Affine"], ["Single"], [double.NaN], [1]));
    }

    [TestMethod]
    public void Replacements_must_be_finite()
    {
        foreach (double[] values in (double[][])[[], [double.PositiveInfinity]])
        {
            Refuses("MLPath.ReplaceMissingValues", "no replacement", c =>
            {
                Columns(c, ["a"], ["a"]);
                c.WriteArray<double>("Column0.Replacements", values);
            });
        }
    }

    [TestMethod]
    public void Values_of_keys_must_differ_and_be_there()
    {
        foreach (float[] values in (float[][])[[1, 1], [float.NaN]])
        {
            Refuses("MLPath.MapValueToKey", "is missing or is there twice", c =>
            {
                Columns(c, ["a"], ["a"]);
                c.Write("ValuesAsText", false);
                c.WriteValues<float>("Column0.Values", MLPath.Data.NumberDataViewType.Single, values);
            });
        }
    }

    [TestMethod]
    public void Encodings_must_hold_their_keys()
    {
        Refuses("MLPath.OneHotEncoding", "child 'Keys' is missing", c => c.WriteEnum("OutputKind", MLPath.Transforms.OneHotEncodingEstimator.OutputKind.Bag));
        Refuses("MLPath.OneHotEncoding", "'Keys'", c => c.SaveChild("Keys", new MLPath.Transforms.ColumnConcatenatingTransformer("a", "b")));
    }

    [TestMethod]
    public void Chains_must_have_a_name_and_a_scope_for_each_step()
    {
        Refuses("MLPath.TransformerChain", "one name and one scope", c => Chain(c, ["a"], []));
        Refuses("MLPath.TransformerChain", "'Sometimes' is not a scope", c => Chain(c, ["a"], ["Sometimes"]));
        Refuses("MLPath.TransformerChain", "'512' is not a scope", c => Chain(c, ["a"], ["512"]));
    }

    private static void Columns(ModelSaveContext context, string[] outputs, string[] inputs)
    {
        context.Write("Outputs", outputs);
        context.Write("Inputs", inputs);
    }

    private static void Normalizer(ModelSaveContext context, string[] kinds, string[] types, double[]? offset = null, double[]? scale = null)
    {
        Columns(context, ["a"], ["a"]);
        context.Write("Description", "");
        context.Write("Kinds", kinds);
        context.Write("Types", types);
        context.WriteArray<double>("Column0.Offset", offset ?? []);
        context.WriteArray<double>("Column0.Scale", scale ?? []);
    }

    private static void Chain(ModelSaveContext context, string[] names, string[] scopes)
    {
        context.Write("Names", names);
        context.Write("Scopes", scopes);
        context.SaveChildren("Transformers", [new MLPath.Transforms.ColumnConcatenatingTransformer("a", "b")]);
    }

    private static void Refuses(string id, string words, Action<ModelSaveContext> save) => StringAssert.Contains(
        Assert.ThrowsExactly<ModelFormatException>(() => Files.Load(Files.Save(new Probe(id, save)), new MLContext().Components)).Message, words);
}
