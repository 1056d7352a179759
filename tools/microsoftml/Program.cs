// An application that has its pipelines in ML.NET, and now wants to know whether a network would do better than the trees it uses: FastTree of
// Microsoft.ML, and MLPath's multilayer perceptron and transformer, in the same kind of pipeline, on the same folds, in one report. The network is then
// kept in an ML.NET model file, and loaded from there. It runs with Microsoft.ML itself:
//
//     dotnet run -c Release --project tools/microsoftml -p:MicrosoftML=true
//     dotnet run -c Release --project tools/microsoftml -p:MicrosoftML=true -- overhead     (what the bridge costs a row)
#if MICROSOFT_ML
using Microsoft.ML;
using Microsoft.ML.Data;
using MLPath;
using MLPath.MicrosoftML;
using IDataView = Microsoft.ML.IDataView;
using MLContext = Microsoft.ML.MLContext;

if (args is ["overhead"])
{
    MLPath.MicrosoftML.Sample.Overhead.Print(Console.Out);
    return 0;
}

var ml = new MLContext(seed: 1);
var mlpath = new MLPath.MLContext(seed: 1);

// The data of the application: 569 tumours, 30 numbers each. Here they come with MLPath; any view of ML.NET's will do.
IDataView tumours = mlpath.Data.LoadDataset("breast-cancer").AsMicrosoftML();
string[] features = [.. tumours.Schema.Where(c => c.Type is NumberDataViewType).Select(c => c.Name)];
var prepared = ml.Transforms.Concatenate("Features", features).Append(ml.Transforms.NormalizeMeanVariance("Features"));

// Three candidates: ML.NET's preparation before each, then a trainer of one or the other.
var fastTree = prepared.Append(ml.BinaryClassification.Trainers.FastTree());
var mlp = prepared.Append(ml.BinaryClassification.Trainers.MLPath(mlpath.BinaryClassification.Trainers.Mlp()));
var transformer = prepared.Append(ml.BinaryClassification.Trainers.MLPath(mlpath.BinaryClassification.Trainers.Transformer()));

var report = mlpath.BinaryClassification.Compare(tumours.AsMLPath(), labelColumn: "Diagnosis", folds: 5, candidates: new()
{
    ["FastTree (ML.NET)"] = fastTree.AsMLPath(),
    ["MLP (MLPath)"] = mlp.AsMLPath(),
    ["transformer (MLPath)"] = transformer.AsMLPath(),
});
report.SaveReport("microsoftml.html");
Console.WriteLine(report.Answer);
Console.WriteLine($"Report: {Path.GetFullPath("microsoftml.html")}");

// ML.NET keeps the network in its own file, and predicts with it.
var labelled = ml.Transforms.Conversion
    .MapValue("Label", [KeyValuePair.Create("benign", false), KeyValuePair.Create("malignant", true)], "Diagnosis")
    .Append(mlp);
ml.Model.Save(labelled.Fit(tumours), tumours.Schema, "tumours.zip");
var model = ml.Model.Load("tumours.zip", out var schema);
var metrics = ml.BinaryClassification.Evaluate(model.Transform(tumours));
Console.WriteLine(FormattableString.Invariant($"Loaded by ML.NET: area under the ROC curve on its own training rows {metrics.AreaUnderRocCurve:0.0000}."));
return 0;
#else
Console.Error.WriteLine("This program needs Microsoft.ML. Run it with -p:MicrosoftML=true, or with -p:MicrosoftMLPath=FOLDER where its assemblies are in a folder.");
return 1;
#endif
