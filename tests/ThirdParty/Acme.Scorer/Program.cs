using System.Globalization;
using Acme.Learning;
using MLPath;
using MLPath.Data;

// Loads a model that holds a third party's trainer, and prints the scores of the iris flowers bit by bit.
var ml = new MLContext();
if (args is not [_, "unregistered"])
    ml.Components.Add(AcmeComponents.All);
try
{
    var model = ml.Model.Load(args[0], out _);
    foreach (float[] scores in model.Transform(ml.Data.LoadDataset("iris")).GetColumn<float[]>("Score"))
        Console.WriteLine(string.Join(' ', scores.Select(s => BitConverter.SingleToInt32Bits(s).ToString(CultureInfo.InvariantCulture))));
    return 0;
}
catch (FormatException error)
{
    Console.Error.WriteLine(error.Message);
    return 3;
}
