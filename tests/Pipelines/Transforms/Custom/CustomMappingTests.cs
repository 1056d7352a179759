using MLPath.Data;
using MLPath.Runtime;

namespace MLPath.Tests.Transforms;

[TestClass]
public sealed class CustomMappingTests
{
    private readonly MLContext _ml = new();

    private static InMemoryDataView People => Tables.Of(("Age", Tables.Singles(26, 35, 34, 28)), ("Name", Tables.Texts("Ada", "", "Bob", "Eve")));

    [TestMethod]
    public void A_function_of_the_user_makes_columns_and_comes_back_from_a_file()
    {
        _ml.Components.Add(new ComponentList("me").AddCustomMapping<Person, Group>("Groups.v1", Assign));
        var made = TransformContract.Check(_ml.Transforms.CustomMapping<Person, Group>(Assign, "Groups.v1"), People, learns: false, _ml.Components, allocates: true);
        CollectionAssert.AreEqual((bool[])[true, false, false, true], made.Column<bool>("IsUnderThirty"));
        CollectionAssert.AreEqual((string[])["Ada!", "!", "Bob!", "Eve!"], made.TextColumn("Greeting"));
        CollectionAssert.AreEqual((float[])[34, 68], made.Rows<float>("Powers")[2]);
        CollectionAssert.AreEqual((string[])["Age", "Name", "IsUnderThirty", "Greeting", "Powers"], made.Schema.Select(c => c.Name).ToArray());
    }

    [TestMethod]
    public void What_the_function_does_not_set_does_not_come_from_another_row()
    {
        var made = _ml.Transforms.CustomMapping<Person, Group>((p, g) =>
        {
            g.Powers = [0, 0];
            if (p.Age > 30)
                g.Greeting = p.Name;
        }, null).Fit(People).Transform(People);
        CollectionAssert.AreEqual((string[])["", "", "Bob", ""], made.TextColumn("Greeting"));
    }

    [TestMethod]
    public void Without_a_contract_name_saving_says_what_to_do()
    {
        var model = _ml.Transforms.CustomMapping<Person, Group>(Assign, null).Fit(People);
        string message = Assert.ThrowsExactly<InvalidOperationException>(() => TransformContract.SaveBytes(model)).Message;
        StringAssert.Contains(message, "AddCustomMapping<Person, Group>(\"name\", action)");
        StringAssert.StartsWith(message, "CustomMapping(IsUnderThirty, Greeting, Powers ← Age, Name) cannot be saved");
    }

    [TestMethod]
    public void An_unregistered_contract_is_an_error_that_names_it()
    {
        var model = _ml.Transforms.CustomMapping<Person, Group>(Assign, "Groups").Fit(People);
        string message = Assert.ThrowsExactly<ModelFormatException>(() => TransformContract.Reload(model)).Message;
        StringAssert.Contains(message, "CustomMapping.Groups");
        StringAssert.Contains(message, "Components.Add");
    }

    [TestMethod]
    public void A_contract_name_must_be_one_that_a_file_can_hold()
    {
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => _ml.Transforms.CustomMapping<Person, Group>(Assign, "my groups")).Message, "'my groups'");
        Assert.ThrowsExactly<ArgumentException>(() => new ComponentList("me").AddCustomMapping<Person, Group>("../x", Assign));
        Assert.ThrowsExactly<ArgumentNullException>(() => _ml.Transforms.CustomMapping<Person, Group>(null!, null));
    }

    [TestMethod]
    public void A_column_that_is_missing_or_of_another_type_is_an_error()
    {
        var estimator = _ml.Transforms.CustomMapping<Person, Group>(Assign, null);
        var withoutName = Tables.Of(("Age", Tables.Singles(1)));
        Assert.AreEqual("Name", Assert.ThrowsExactly<SchemaException>(() => estimator.GetOutputSchema(SchemaShape.Create(withoutName.Schema))).MissingColumnName);
        Assert.AreEqual("Name", Assert.ThrowsExactly<SchemaException>(() => estimator.Fit(withoutName)).MissingColumnName);
        var wrong = Tables.Of(("Age", Tables.Texts("1")), ("Name", Tables.Texts("a")));
        StringAssert.Contains(Assert.ThrowsExactly<SchemaException>(() => estimator.Fit(wrong)).Message, "'Age'");
    }

    [TestMethod]
    public void Schema_definitions_choose_columns_and_names()
    {
        var input = SchemaDefinition.Create(typeof(Person));
        input["Name"]!.ColumnName = "Nickname";
        var output = SchemaDefinition.Create(typeof(Group));
        output["Greeting"]!.ColumnName = "Hello";
        var data = Tables.Of(("Age", Tables.Singles(3)), ("Nickname", Tables.Texts("Al")));
        var made = _ml.Transforms.CustomMapping<Person, Group>(Assign, null, input, output).Fit(data).Transform(data);
        CollectionAssert.AreEqual((string[])["Al!"], made.TextColumn("Hello"));
    }

    private static void Assign(Person person, Group group)
    {
        group.IsUnderThirty = person.Age < 30;
        group.Greeting = $"{person.Name}!";
        group.Powers = [person.Age, 2 * person.Age];
    }

    private sealed class Person
    {
        public float Age { get; set; }

        public string Name { get; set; } = "";
    }

    private sealed class Group
    {
        public bool IsUnderThirty { get; set; }

        public string? Greeting { get; set; }

        [VectorType(2)]
        public float[]? Powers { get; set; }
    }
}
