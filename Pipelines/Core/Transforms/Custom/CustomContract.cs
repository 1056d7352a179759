using MLPath.Runtime;

namespace MLPath.Transforms;

/// <summary>The name by which a model file refers to the user's own code.</summary>
internal static class CustomContract
{
    /// <summary>Refuses names that a file cannot hold.</summary>
    public static string? Check(string? contractName)
    {
        if (contractName is not null && !ModelPath.IsComponentId(CustomMappingComponents.IdOf(contractName)))
        {
            throw new ArgumentException(
                $"'{contractName}' cannot name a contract. Use 1 to 100 ASCII letters, digits, '_', '-' and inner dots.", nameof(contractName));
        }

        return contractName;
    }

    /// <summary>Writes the name; a transformer without one cannot be saved.</summary>
    /// <param name="context">The transformer's place in the file.</param>
    /// <param name="contractName">The name.</param>
    /// <param name="transformer">The transformer, for the error.</param>
    /// <param name="registration">The call that registers its code, with "name" for the name.</param>
    public static void Save(ModelSaveContext context, string? contractName, object transformer, string registration)
    {
        if (contractName is null)
        {
            throw new InvalidOperationException(
                $"{transformer} cannot be saved: a file holds no code, and the step has no name by which its code is found again. " +
                "Give it one, contractName: \"name\", and register the code where the model is loaded: " +
                $"ml.Components.Add(new ComponentList(\"me\").{registration}).");
        }

        context.Write("Contract", contractName);
    }

    /// <summary>"; name", or nothing.</summary>
    public static string InWords(string? contractName) => contractName is null ? "" : $"; {contractName}";
}
