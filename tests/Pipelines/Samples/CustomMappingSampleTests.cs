using MLPath.Data;
using MLPath.Runtime;
using MLPath.Transforms;

namespace MLPath.Tests.Samples;

/// <summary>ML.NET's samples of custom mappings: their data and their documented results.</summary>
[TestClass]
public sealed class CustomMappingSampleTests
{
    private readonly MLContext _ml = new();

    private IDataView Ages => _ml.Data.LoadFromEnumerable<Person>([new() { Age = 26 }, new() { Age = 35 }, new() { Age = 34 }, new() { Age = 28 }]);

    [TestMethod]
    public void A_mapping_without_a_contract_is_used_where_it_is_made()
    {
        var pipeline = _ml.Transforms.CustomMapping<Person, Group>((input, output) => output.IsUnderThirty = input.Age < 30, contractName: null);
        AreUnderThirty(pipeline.Fit(Ages).Transform(Ages));
    }

    /// <summary>Where ML.NET looks through an assembly for the factory, the program names it: nothing is found by reflection.</summary>
    [TestMethod]
    public void A_mapping_with_a_contract_is_saved_and_loaded()
    {
        var pipeline = _ml.Transforms.CustomMapping(new UnderThirty().GetMapping(), contractName: "IsUnderThirty");
        using var file = new MemoryStream();
        _ml.Model.Save(pipeline.Fit(Ages), Ages.Schema, file);
        file.Position = 0;
        var later = new MLContext();
        later.Components.Add(new ComponentList("samples").AddCustomMapping(new UnderThirty()));
        AreUnderThirty(later.Model.Load(file, out var inputSchema).Transform(Ages));
        Assert.AreEqual("Age", inputSchema!.Single().Name);
    }

    [TestMethod]
    public void A_stateful_mapping_counts_Fibonacci_numbers()
    {
        bool[] signs = [true, true, false, true, false, true, false, false, false];
        var data = _ml.Data.LoadFromEnumerable(signs.Select(sign => new Signed { Sign = sign }));
        var pipeline = _ml.Transforms.StatefulCustomMapping<Signed, Number, Fibonacci>(
            (input, output, state) =>
            {
                long next = state.Previous2 + state.Previous;
                output.SignedFibonacci = input.Sign ? next : -next;
                (state.Previous2, state.Previous) = (state.Previous, next);
            },
            state => (state.Previous2, state.Previous) = (0, 1),
            contractName: null);
        var made = _ml.Data.CreateEnumerable<Number>(pipeline.Fit(data).Transform(data), reuseRowObject: false);
        CollectionAssert.AreEqual((long[])[1, 2, -3, 5, -8, 13, -21, -34, -55], made.Select(n => n.SignedFibonacci).ToArray());
    }

    /// <summary>
    /// In ML.NET's sample an object of a type of its own stands in a column. Here the set of column types is closed, so that every view can be saved
    /// and loaded: the members of such an object are the items of a vector.
    /// </summary>
    [TestMethod]
    public void Two_bodies_become_one()
    {
        var tribe = _ml.Data.LoadFromEnumerable<Hero>([new() { Name = "ML.NET", One = [2, 1000, 2000, 3000], Two = [4000, 5000, 6000, 7000] }]);
        var model = _ml.Transforms.CustomMapping<Hero, SuperHero>((input, output) =>
        {
            output.Name = $"Super {input.Name}";
            output.Merged = [.. input.One.Zip(input.Two, (a, b) => a + b)];
        }, contractName: null).Fit(tribe);
        var first = _ml.Data.CreateEnumerable<SuperHero>(model.Transform(tribe), reuseRowObject: false).Single();
        Assert.AreEqual("Super ML.NET", first.Name);
        CollectionAssert.AreEqual((int[])[4002, 6000, 8000, 10000], first.Merged);
        var engine = _ml.Model.CreatePredictionEngine<Hero, SuperHero>(model);
        var other = engine.Predict(new Hero { Name = "TEN.LM", One = [1, 2, 3, 4], Two = [5, 6, 7, 8] });
        Assert.AreEqual("Super TEN.LM", other.Name);
        CollectionAssert.AreEqual((int[])[6, 8, 10, 12], other.Merged);
    }

    private void AreUnderThirty(IDataView made) => CollectionAssert.AreEqual(
        (bool[])[true, false, false, true], _ml.Data.CreateEnumerable<Group>(made, reuseRowObject: false).Select(g => g.IsUnderThirty).ToArray());

    [CustomMappingFactoryAttribute("IsUnderThirty")]
    private sealed class UnderThirty : CustomMappingFactory<Person, Group>
    {
        public override Action<Person, Group> GetMapping() => (input, output) => output.IsUnderThirty = input.Age < 30;
    }

    private sealed class Person
    {
        public float Age { get; set; }
    }

    private sealed class Group
    {
        public bool IsUnderThirty { get; set; }
    }

    private sealed class Signed
    {
        public bool Sign { get; set; }
    }

    private sealed class Number
    {
        public long SignedFibonacci { get; set; }
    }

    private sealed class Fibonacci
    {
        public long Previous { get; set; }

        public long Previous2 { get; set; }
    }

    private sealed class Hero
    {
        public string Name { get; set; } = "";

        [VectorType(4)]
        public int[] One { get; set; } = [];

        [VectorType(4)]
        public int[] Two { get; set; } = [];
    }

    private sealed class SuperHero
    {
        public string Name { get; set; } = "";

        [VectorType(4)]
        public int[] Merged { get; set; } = [];
    }
}
