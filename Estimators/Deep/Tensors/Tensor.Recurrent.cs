namespace MLPath.Deep;

/// <summary>Recurrent layers.</summary>
public sealed partial class Tensor
{
    /// <summary>
    /// One direction of a recurrent layer over all steps: the outputs [batch, time, hidden] and the last states [batch, hidden]. The projection
    /// of all inputs, P = X W_iᵀ, is one product; so are the derivatives of the weights, dW_i = dPᵀ X and dW_h = dUᵀ H with H the h before every
    /// step, and dX = dP W_i. What lies between goes step by step: <see cref="Backend.Recur"/>.
    /// </summary>
    /// <param name="cell">The cell.</param>
    /// <param name="x">X, [batch, time, size].</param>
    /// <param name="weights">The cell's weights.</param>
    /// <param name="isReverse">Whether each row is read from its last step to its first.</param>
    /// <param name="lengths">How many steps each row has, [batch], each from 1 to time; null for all.</param>
    /// <param name="h0">h before the first step, [batch, hidden]; null for 0.</param>
    /// <param name="c0">c before the first step, LSTM only; null for 0.</param>
    internal static RecurrentOutput Recur(
        RecurrentCell cell, Tensor x, RecurrentWeights weights, bool isReverse = false, IndexTensor? lengths = null, Tensor? h0 = null, Tensor? c0 = null)
    {
        x = x.Contiguous();
        (h0, c0) = (h0?.Contiguous(), c0?.Contiguous());
        var (inputWeight, hiddenWeight, inputBias, hiddenBias) = weights;
        var backend = x.Backend;
        int batch = x.Shape[0], time = x.Shape[1], size = x.Shape[2], gates = inputWeight.Shape[0], hidden = hiddenWeight.Shape[1], rows = batch * time;
        bool isLstm = cell == RecurrentCell.Lstm, isGru = cell == RecurrentCell.Gru;
        var run = new RecurrentRun
        {
            Cell = cell,
            IsReverse = isReverse,
            Lengths = lengths,
            HiddenWeight = hiddenWeight,
            InputBias = inputBias,
            HiddenBias = hiddenBias,
            InitialHidden = h0,
            InitialCell = c0,
            Gates = Make(backend, [batch, time, gates]),
            Output = Make(backend, [batch, time, hidden]),
            Previous = Make(backend, [batch, time, hidden]),
            Kept = isLstm || isGru ? Make(backend, [batch, time, hidden]) : null,
            FinalHidden = Make(backend, [batch, hidden]),
            FinalCell = isLstm ? Make(backend, [batch, hidden]) : null,
        };
        backend.MatMul(One(rows, gates, size, transposeB: true), x, inputWeight, run.Gates, add: false);
        backend.Recur(run);

        // The last states are results of the same run: their derivatives wait here until the walk back comes to the outputs.
        Tensor? dLastHidden = null, dLastCell = null;
        Tensor?[] inputs = [x, inputWeight, hiddenWeight, inputBias, hiddenBias, h0, c0];
        var output = run.Output.From(cell.ToString(), [.. inputs.OfType<Tensor>()], dy =>
        {
            var gradient = new RecurrentRunGradient
            {
                Output = dy,
                FinalHidden = dLastHidden,
                FinalCell = dLastCell,
                Projected = Make(backend, run.Gates.Shape),
                HiddenProjected = isGru ? Make(backend, run.Gates.Shape) : null,
                InitialHidden = Make(backend, run.FinalHidden.Shape),
                InitialCell = isLstm ? Make(backend, run.FinalHidden.Shape) : null,
            };
            backend.RecurGradient(run, gradient);
            (dLastHidden, dLastCell) = (null, null);

            Tensor dp = gradient.Projected, du = gradient.HiddenProjected ?? dp;
            if (x.TakesGradient(out var dx, out bool add)) backend.MatMul(One(rows, size, gates), dp, inputWeight, dx, add);
            if (inputWeight.TakesGradient(out var dwi, out add)) backend.MatMul(One(gates, size, rows, transposeA: true), dp, x, dwi, add);
            if (hiddenWeight.TakesGradient(out var dwh, out add)) backend.MatMul(One(gates, hidden, rows, transposeA: true), du, run.Previous, dwh, add);
            if (inputBias is not null && inputBias.TakesGradient(out var dbi, out add)) backend.SumTo(dp, dbi, 1, add);
            if (hiddenBias is not null && hiddenBias.TakesGradient(out var dbh, out add)) backend.SumTo(du, dbh, 1, add);
            if (h0 is not null && h0.TakesGradient(out var dh0, out add)) backend.Copy(gradient.InitialHidden, dh0, add);
            if (c0 is not null && c0.TakesGradient(out var dc0, out add)) backend.Copy(gradient.InitialCell!, dc0, add);
        });
        var lastHidden = run.FinalHidden.From("last hidden state", [output], d => dLastHidden = Waiting(d));
        var lastCell = run.FinalCell?.From("last cell state", [output], d => dLastCell = Waiting(d));
        return new RecurrentOutput(output, lastHidden, lastCell);

        static MatrixProduct One(int m, int n, int k, bool transposeA = false, bool transposeB = false) => new(1, m, n, k, transposeA, transposeB, 0, 0, 0);

        Tensor Waiting(Tensor d)
        {
            output.TakesPartOfGradient(out _);
            var copy = Make(backend, d.Shape);
            backend.Copy(d, copy, add: false);
            return copy;
        }
    }
}

/// <summary>The weights of one direction of a recurrent layer.</summary>
/// <param name="Input">W_i, [gates × hidden, size].</param>
/// <param name="Hidden">W_h, [gates × hidden, hidden].</param>
/// <param name="InputBias">b_i, [gates × hidden]; null for 0.</param>
/// <param name="HiddenBias">b_h, [gates × hidden]; null for 0.</param>
internal readonly record struct RecurrentWeights(Tensor Input, Tensor Hidden, Tensor? InputBias, Tensor? HiddenBias);
