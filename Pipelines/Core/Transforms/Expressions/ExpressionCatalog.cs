using MLPath.Transforms;

namespace MLPath;

/// <summary>Expressions in <c>ml.Transforms</c>.</summary>
public static class ExpressionCatalog
{
    extension(TransformsCatalog catalog)
    {
        /// <summary>Computes a column from others by an expression.</summary>
        /// <param name="outputColumnName">The column to make. Its type is that of the expression's result.</param>
        /// <param name="expression">
        /// The expression, such as <c>(x, y) => log(y) + x</c>; see <see cref="ExpressionEstimator"/> for the language.
        /// </param>
        /// <param name="inputColumnNames">
        /// The columns that the expression's parameters stand for, in their order: numbers, Booleans, texts, or vectors of these.
        /// </param>
        /// <exception cref="ArgumentException">The expression does not follow the grammar; the message points at the place.</exception>
        public ExpressionEstimator Expression(string outputColumnName, string expression, params string[] inputColumnNames) =>
            new(outputColumnName, expression, inputColumnNames);
    }
}
