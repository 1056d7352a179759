// Loads an ML.NET model and prints the bits of its scores for the flowers of a file: a program that knows Microsoft.ML alone.
#if MICROSOFT_ML
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

var ml = new MLContext();
var model = ml.Model.Load(args[0], out _);
var view = model.Transform(ml.Data.LoadFromTextFile<Flower>(args[1], separatorChar: ','));
foreach (float[] scores in view.GetColumn<float[]>("Score"))
    Console.WriteLine(string.Join(' ', scores.Select(s => BitConverter.SingleToInt32Bits(s).ToString("x8", CultureInfo.InvariantCulture))));

internal sealed class Flower
{
    [LoadColumn(0)]
    public float SepalLength { get; set; }

    [LoadColumn(1)]
    public float SepalWidth { get; set; }

    [LoadColumn(2)]
    public float PetalLength { get; set; }

    [LoadColumn(3)]
    public float PetalWidth { get; set; }

    [LoadColumn(4)]
    public string Species { get; set; } = "";
}
#else
Console.Error.WriteLine("This program needs Microsoft.ML: build it with -p:MicrosoftML=true.");
return 1;
#endif
