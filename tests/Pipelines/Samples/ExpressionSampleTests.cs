using MLPath.Data;

namespace MLPath.Tests.Samples;

/// <summary>ML.NET's sample of Expression: its data, its expressions, its documented results.</summary>
[TestClass]
public sealed class ExpressionSampleTests
{
    [TestMethod]
    public void Expressions_give_the_documented_results()
    {
        var ml = new MLContext();
        var data = ml.Data.LoadFromEnumerable<InputData>(
        [
            new(0.5f, [1f, 0.2f], 3, "hi", true, ["zero", "one"]),
            new(-2.7f, [3.5f, -0.1f], 2, "bye", false, ["a", "b"]),
            new(1.3f, [1.9f, 3.3f], 39, "hi", false, ["0", "1"]),
            new(3, [3f, 3f], 4, "hello", true, ["c", "d"]),
            new(0, [1f, 1f], 1, "hi", true, ["zero", "one"]),
            new(30.4f, [10f, 4f], 9, "bye", true, ["e", "f"]),
            new(5.6f, [1.1f, 2.2f], 0, "hey", false, ["g", "h"]),
        ]);
        var pipeline = ml.Transforms.Expression("Expr1", "(x,y)=>log(y)+x", "FloatColumn", "FloatVectorColumn")
            .Append(ml.Transforms.Expression("Expr2", "(b,s,i)=>b ? len(s) : i", "BooleanColumn", "StringVectorColumn", "IntColumn"))
            .Append(ml.Transforms.Expression("Expr3", "(s,f1,f2,i)=>len(concat(s,\"a\"))+f1+f2+i", "StringColumn", "FloatVectorColumn", "FloatColumn", "IntColumn"))
            .Append(ml.Transforms.Expression("Expr4", "(x,y)=>cos(x+pi())*y", "FloatColumn", "IntColumn"));
        var rows = ml.Data.CreateEnumerable<TransformedData>(pipeline.Fit(data).Transform(data), reuseRowObject: false).ToList();

        float[][] expr1 =
            [[0.5f, -1.109438f], [-1.447237f, float.NaN], [1.941854f, 2.493922f], [4.098612f, 4.098612f], [0, 0], [32.70258f, 31.78629f], [5.69531f, 6.388457f]];
        int[][] expr2 = [[4, 3], [2, 2], [39, 39], [1, 1], [4, 3], [1, 1], [0, 0]];
        float[][] expr3 = [[7.5f, 6.7f], [6.8f, 3.2f], [45.2f, 46.6f], [16, 16], [5, 5], [53.4f, 47.4f], [10.7f, 11.8f]];
        double[] expr4 = [-2.63274768567112, 1.80814432479224, -10.4324561082543, 3.95996998640178, -1, -4.74149076052604, 0];
        for (int i = 0; i < rows.Count; i++)
        {
            for (int j = 0; j < 2; j++)
            {
                Assert.AreEqual(expr1[i][j], rows[i].Expr1[j], 1e-5f);
                Assert.AreEqual(expr3[i][j], rows[i].Expr3[j], 1e-5f);
            }

            CollectionAssert.AreEqual(expr2[i], rows[i].Expr2);
            Assert.AreEqual(expr4[i], rows[i].Expr4, 1e-13);
        }
    }

    private sealed class InputData(float number, float[] numbers, int integer, string text, bool flag, string[] texts)
    {
        public float FloatColumn { get; } = number;

        [VectorType(2)]
        public float[] FloatVectorColumn { get; } = numbers;

        public int IntColumn { get; } = integer;

        public string StringColumn { get; } = text;

        public bool BooleanColumn { get; } = flag;

        [VectorType(2)]
        public string[] StringVectorColumn { get; } = texts;
    }

    private sealed class TransformedData
    {
        public float[] Expr1 { get; set; } = [];

        public int[] Expr2 { get; set; } = [];

        public float[] Expr3 { get; set; } = [];

        public double Expr4 { get; set; }
    }
}
