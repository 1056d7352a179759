using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Tests.Transforms.Custom;

[TestClass]
public sealed class StatefulCustomMappingTests
{
    private readonly MLContext _ml = new();

    private static InMemoryDataView Amounts => Tables.Of(("Amount", Tables.Singles(1, 2, 3, 4, 5)), ("Name", Tables.Texts("a", "b", "c", "d", "e")));

    [TestMethod]
    public void The_state_goes_from_row_to_row_and_begins_anew_with_each_pass()
    {
        var made = Totals("Totals").Fit(Amounts).Transform(Amounts);
        float[] expected = [101, 103, 106, 110, 115];
        CollectionAssert.AreEqual(expected, made.Column<float>("Total"));
        CollectionAssert.AreEqual(expected, made.Column<float>("Total"));
        CollectionAssert.AreEqual(expected, Totals("Totals").Fit(Amounts).Transform(new Rebatched(Amounts, 2)).Column<float>("Total"));
        CollectionAssert.AreEqual(expected, Totals("Totals").Fit(Amounts).Transform(new CursorOnly(Amounts)).Column<float>("Total"));
        Assert.AreEqual(5, made.GetRowCount());
        TransformContract.KeepsItsPromise(Totals(null), Amounts, made, andNoMore: true);
    }

    [TestMethod]
    public void Two_passes_at_once_do_not_disturb_each_other()
    {
        var made = Totals(null).Fit(Amounts).Transform(new Rebatched(Amounts, 1));
        using var one = made.GetBatchCursor(made.Schema);
        using var two = made.GetBatchCursor(made.Schema);
        int total = made.Schema["Total"].Index;
        for (int i = 0; i < 5; i++)
        {
            Assert.IsTrue(one.MoveNext() && two.MoveNext());
            Assert.AreEqual(one.Current.Scalars<float>(total)[0], two.Current.Scalars<float>(total)[0]);
        }
    }

    [TestMethod]
    public void It_comes_back_from_a_file_by_its_contract()
    {
        _ml.Components.Add(new ComponentList("me").AddCustomMapping<Sale, Running, State>("Totals", Add, Begin));
        var model = Totals("Totals").Fit(Amounts);
        var loaded = TransformContract.Reload(model, _ml.Components);
        CollectionAssert.AreEqual((float[])[101, 103, 106, 110, 115], loaded.Transform(Amounts).Column<float>("Total"));
        Assert.AreEqual("StatefulCustomMapping(Total ← Amount; Totals)", $"{loaded}");
        string message = Assert.ThrowsExactly<InvalidOperationException>(() => TransformContract.SaveBytes(Totals(null).Fit(Amounts))).Message;
        StringAssert.Contains(message, "AddCustomMapping<Sale, Running, State>(\"name\", action, stateInitAction)");
    }

    [TestMethod]
    public void A_factory_registers_itself_under_the_name_of_its_class()
    {
        _ml.Components.Add(new ComponentList("me").AddCustomMapping(new TotalsFactory()));
        var loaded = TransformContract.Reload(Totals("Totals.v2").Fit(Amounts), _ml.Components);
        CollectionAssert.AreEqual((float[])[101, 103, 106, 110, 115], loaded.Transform(Amounts).Column<float>("Total"));
        string message = Assert.ThrowsExactly<ArgumentException>(() => new ComponentList("me").AddCustomMapping(new NamelessFactory())).Message;
        StringAssert.Contains(message, "NamelessFactory does not name its contract");
    }

    [TestMethod]
    public void Single_rows_cannot_be_predicted()
    {
        var model = Totals(null).Fit(Amounts);
        Assert.IsFalse(model.IsRowToRowMapper);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => model.GetRowToRowMapper(Amounts.Schema)).Message, "remembers earlier rows");
        Assert.ThrowsExactly<InvalidOperationException>(() => _ml.Model.CreatePredictionEngine<Sale, Running>(model));
    }

    [TestMethod]
    public void A_filter_drops_the_rows_its_predicate_names()
    {
        var estimator = _ml.Transforms.FilterByCustomPredicate<Sale>(s => s.Amount % 2 == 0, "Odd");
        var made = estimator.Fit(Amounts).Transform(Amounts);
        CollectionAssert.AreEqual((string[])["a", "c", "e"], made.TextColumn("Name"));
        CollectionAssert.AreEqual((float[])[1, 3, 5], new Rebatched(made, 1).Column<float>("Amount"));
        TransformContract.KeepsItsPromise(estimator, Amounts, made, andNoMore: true);
        _ml.Components.Add(new ComponentList("me").AddCustomFilter<Sale>("Odd", s => s.Amount % 2 == 0));
        var loaded = TransformContract.Reload(estimator.Fit(Amounts), _ml.Components);
        CollectionAssert.AreEqual((float[])[1, 3, 5], loaded.Transform(Amounts).Column<float>("Amount"));
        Assert.AreEqual("FilterByCustomPredicate(Amount; Odd)", $"{loaded}");
        Assert.AreEqual("Amount", Assert.ThrowsExactly<SchemaException>(
            () => estimator.Fit(Tables.Of(("Name", Tables.Texts("a"))))).MissingColumnName);
    }

    [TestMethod]
    public void A_stateful_filter_remembers_within_one_pass()
    {
        var everyOther = _ml.Transforms.FilterByStatefulCustomPredicate<Sale, State>((_, state) => state.Total++ % 2 == 1, state => state.Total = 0);
        var made = everyOther.Fit(Amounts).Transform(Amounts);
        for (int pass = 0; pass < 2; pass++)
            CollectionAssert.AreEqual((string[])["a", "c", "e"], made.TextColumn("Name"));
    }

    [TestMethod]
    public void A_filter_for_training_leaves_single_rows_predictable()
    {
        var scale = _ml.Transforms.NormalizeMinMax("Amount", fixZero: false);
        var filter = _ml.Transforms.FilterByCustomPredicate<Sale>(s => s.Amount > 3);
        var model = _ml.Transforms.CopyColumns("Copy", "Amount").Append(filter, TransformerScope.Training).Append(scale).Fit(Amounts);
        CollectionAssert.AreEqual((float[])[0, 0.5f, 1, 1.5f, 2], model.Transform(Amounts).Column<float>("Amount"));
        Assert.AreEqual(1.5f, _ml.Model.CreatePredictionEngine<Sale, Sale>(model).Predict(new Sale { Amount = 4 }).Amount);
        var always = _ml.Transforms.CopyColumns("Copy", "Amount").Append(filter).Append(scale).Fit(Amounts);
        Assert.ThrowsExactly<InvalidOperationException>(() => _ml.Model.CreatePredictionEngine<Sale, Sale>(always));
    }

    private static void Add(Sale sale, Running made, State state) => made.Total = state.Total += sale.Amount;

    private static void Begin(State state) => state.Total = 100;

    private MLPath.Transforms.StatefulCustomMappingEstimator<Sale, Running, State> Totals(string? name) =>
        _ml.Transforms.StatefulCustomMapping<Sale, Running, State>(Add, Begin, name);

    [MLPath.Transforms.CustomMappingFactoryAttribute("Totals.v2")]
    private sealed class TotalsFactory : MLPath.Transforms.StatefulCustomMappingFactory<Sale, Running, State>
    {
        public override Action<Sale, Running, State> GetMapping() => Add;

        public override Action<State> GetStateInitAction() => Begin;
    }

    private sealed class NamelessFactory : MLPath.Transforms.CustomMappingFactory<Sale, Running>
    {
        public override Action<Sale, Running> GetMapping() => (_, _) => { };
    }

    private sealed class Sale
    {
        public float Amount { get; set; }
    }

    private sealed class Running
    {
        public float Total { get; set; }
    }

    private sealed class State
    {
        public float Total { get; set; }
    }
}
