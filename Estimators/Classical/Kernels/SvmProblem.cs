namespace MLPath.Trainers;

/// <summary>
/// The one problem that every support vector machine here is, over a coefficient β of each of n rows:
/// <code>min ½ βᵀKβ − zᵀβ + ε ‖β‖₁   with   lower ≤ β ≤ upper,  Σ β = Σ start</code>
/// </summary>
/// <remarks>
/// <para>Classification (labels y = ±1, α = yβ): z = y, ε = 0, β between 0 and yC. Regression: z the numbers, −C ≤ β ≤ C, ε the width of the
/// tube. One class: z = 0, 0 ≤ β ≤ 1, Σ β = ν n. The prediction is f(x) = Σ βᵢ K(xᵢ, x) + b, where b belongs to the constraint on the
/// sum.</para>
/// <para>Every interval holds 0, so that on either side of it the cost is smooth.</para>
/// </remarks>
/// <param name="Basis">The n rows and the kernel.</param>
/// <param name="Target">z.</param>
/// <param name="Lower">The least βᵢ, 0 or less.</param>
/// <param name="Upper">The greatest βᵢ, 0 or more.</param>
/// <param name="Epsilon">ε, 0 or more.</param>
/// <param name="Start">A β within the bounds.</param>
internal sealed record SvmProblem(KernelBasis Basis, double[] Target, double[] Lower, double[] Upper, double Epsilon, double[] Start);

/// <summary>The solution of a <see cref="SvmProblem"/>.</summary>
/// <param name="Coefficients">β.</param>
/// <param name="Bias">b.</param>
/// <param name="History">How the work went; the losses are the problem's objective after each round.</param>
/// <param name="Shrinkings">How often coefficients were left out for a while.</param>
internal sealed record SvmSolution(double[] Coefficients, double Bias, TrainingHistory History, int Shrinkings);
