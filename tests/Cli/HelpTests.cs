using MLPath.Datasets;

namespace MLPath.Cli.Tests;

[TestClass]
public sealed class HelpTests
{
    private static readonly string[] Commands =
    [
        "compare", "train", "predict", "evaluate", "explain", "learning-curve", "reproduce", "runs", "inspect", "describe", "algorithms", "datasets",
    ];

    [TestMethod]
    public void Help_names_the_tool_and_all_commands()
    {
        string help = Cli.Run("--help").Expect(0).Out;
        StringAssert.Contains(help, "mlpath [command]");
        foreach (string command in Commands)
            StringAssert.Contains(help, $"\n  {command}");
    }

    [TestMethod]
    [DataRow("compare", "--algorithms")]
    [DataRow("train", "--set")]
    [DataRow("predict", "--output")]
    [DataRow("evaluate", "--report")]
    [DataRow("evaluate", "--require")]
    [DataRow("reproduce", "--data")]
    [DataRow("runs", "--compare")]
    [DataRow("inspect", "--json")]
    [DataRow("describe", "--json")]
    [DataRow("algorithms", "NAME")]
    [DataRow("datasets", "mlpath datasets")]
    public void Help_of_a_command_explains_it(string command, string part) => StringAssert.Contains(Cli.Run(command, "--help").Expect(0).Out, part);

    [TestMethod]
    [DataRow("", "Required command was not provided")]
    [DataRow("compair", "Did you mean 'compare'?")]
    [DataRow("compare", "Required argument missing")]
    [DataRow("compare iris --algoritms bayes", "Did you mean '--algorithms'?")]
    [DataRow("describe iris wine", "There is no argument 'wine' of 'mlpath describe'")]
    [DataRow("compare iris --folds", "--folds")]
    [DataRow("compare iris --folds 1", "--folds is '1'; expected a whole number, 2 or more")]
    [DataRow("compare iris --repeats 0", "--repeats is '0'; expected a whole number, 1 or more")]
    [DataRow("compare iris --threads zero", "--threads is 'zero'; expected a whole number, 1 or more")]
    [DataRow("compare iris --seed 1.5", "--seed is '1.5'; expected a whole number")]
    [DataRow("compare iris --task guess", "The tasks are: auto, binary, multiclass, regression, clustering, anomaly.")]
    [DataRow("compare iris --fold-column a --folds 5", "leave --folds and --repeats out")]
    [DataRow("compare iris --fold-column a --group b", "leave --group out")]
    [DataRow("compare iris --test-fraction 1", "--test-fraction is '1'; expected a share above 0 and below 1")]
    [DataRow("compare iris --test-fraction 0.2 --folds 5", "leave --folds and --repeats out")]
    [DataRow("compare iris --test-fraction 0.2 --design 5x2", "--test-fraction and --design each say how rows are divided")]
    [DataRow("compare iris --design 3x4", "5x2")]
    [DataRow("compare iris --rope -1", "--rope is '-1'; expected a number of 0 or more")]
    [DataRow("train iris --model m", "'--algorithm' is required")]
    [DataRow("train iris --algorithm bayes", "'--model' is required")]
    [DataRow("train iris --algorithm bayes --model m --set Smoothing", "expected Option=value")]
    [DataRow("predict --model m", "'--data' is required")]
    [DataRow("algorithms bays", "Did you mean 'bayes'?")]
    [DataRow("algorithms tsn", "Did you mean 'tsne'?")]
    public void Misuse_is_one_line_and_exit_code_2(string line, string part)
    {
        var outcome = Cli.Run(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Expect(2);
        StringAssert.Contains(outcome.Error, part);
        StringAssert.StartsWith(outcome.Error, "mlpath: ");
        Assert.AreEqual(1, outcome.Error.Count(c => c == '\n'), outcome.Error);
        Assert.AreEqual("", outcome.Out);
    }

    [TestMethod]
    public void Algorithms_lists_every_registered_one()
    {
        string list = Cli.Run("algorithms").Expect(0).Out;
        foreach (var algorithm in new MLContext().Algorithms.All)
        {
            StringAssert.Contains(list, $"\n{algorithm.Name} ");
            StringAssert.Contains(list, algorithm.Title);
        }
    }

    [TestMethod]
    public void Algorithms_that_are_steps_of_pipelines_are_listed_and_described_and_are_no_trainers()
    {
        var ml = new MLContext();
        string list = Cli.Run("algorithms").Expect(0).Out;
        CollectionAssert.IsSubsetOf(new[] { "pca", "truncated-svd", "kernel-pca", "tsne", "platt", "isotonic", "temperature" }, ml.Algorithms.Steps.Select(s => s.Name).ToList());
        foreach (var step in ml.Algorithms.Steps)
        {
            StringAssert.Contains(list, $"\n{step.Name} ");
            string text = Cli.Run("algorithms", step.Name.ToUpperInvariant()).Expect(0).Out;
            foreach (string part in new[] { step.Title, step.Summary, step.Method, step.MicrosoftName ?? "-" }.Concat(step.Options.Select(o => o.Name)))
                StringAssert.Contains(text, part);
            IsMethodOf(ml, step.Method);
            var refused = Cli.Run("compare", "iris", "--algorithms", step.Name).Expect(2);
            StringAssert.Contains(refused.Error, $"'{step.Name}' is a step of a pipeline and no trainer: append {step.Method}");
        }
    }

    // "Transforms.TSne" is a property of the context, and a method of its type, of an extension of that type, or of another property's type.
    private static void IsMethodOf(MLContext ml, string path)
    {
        string[] parts = path.Split('.');
        Assert.IsNotNull(typeof(MLContext).GetProperty(parts[0])?.GetValue(ml), path);
        var types = new[] { typeof(MLPath.Runtime.ClassicalAlgorithms), typeof(MLPath.Runtime.DeepAlgorithms) }.SelectMany(type => type.Assembly.GetExportedTypes());
        Assert.IsTrue(types.Any(type => type.GetMethods().Any(method => method.Name == parts[^1])), path);
    }

    [TestMethod]
    public void Every_algorithm_is_described_with_its_options()
    {
        foreach (var algorithm in new MLContext().Algorithms.All)
        {
            string text = Cli.Run("algorithms", algorithm.Name).Expect(0).Out;
            StringAssert.Contains(text, algorithm.Summary);
            foreach (var trainer in algorithm.Trainers)
            {
                StringAssert.Contains(text, trainer.Trainer);
                foreach (var option in trainer.Options)
                {
                    StringAssert.Contains(text, option.Name);
                    StringAssert.Contains(text, option.Meaning);
                    StringAssert.Contains(text, option.Range);
                }
            }
        }
    }

    [TestMethod]
    public void Datasets_lists_every_embedded_one()
    {
        string list = Cli.Run("datasets").Expect(0).Out;
        foreach (var set in EmbeddedDatasets.All)
            StringAssert.Contains(list, $"\n{set.Name} ");
    }
}
