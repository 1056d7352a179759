using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;

namespace MLPath.Evaluation;

/// <summary>How a report came about, as members of its JSON.</summary>
internal static class ProvenanceJson
{
    /// <summary>The version of MLPath: "0.1.0".</summary>
    public static string LibraryVersion { get; } = typeof(IDataView).Assembly.GetName().Version!.ToString(3);

    /// <summary>Writes members mlpath, command and machine into the open object.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="command">The arguments of the command line that made the report; empty when a program did.</param>
    public static void WriteOrigin(Utf8JsonWriter json, IReadOnlyList<string> command)
    {
        json.WriteString("mlpath", LibraryVersion);
        if (command.Count == 0)
            json.WriteNull("command");
        else
            ComparisonJson.WriteStrings(json, "command", command);
        WriteMachine(json);
    }

    /// <summary>Writes member machine: all that may differ between two machines, or two installations of the runtime.</summary>
    private static void WriteMachine(Utf8JsonWriter json)
    {
        json.WriteStartObject("machine");
        json.WriteString("system", RuntimeInformation.OSDescription);
        json.WriteString("architecture", RuntimeInformation.ProcessArchitecture.ToString());
        json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
        json.WriteNumber("processors", Environment.ProcessorCount);
        json.WriteNumber("vectorBits", VectorBits);
        json.WriteEndObject();
    }

    // Results are equal bit for bit on one instruction set: the width of its vectors tells the sets of one architecture apart.
    private static int VectorBits => Vector512.IsHardwareAccelerated ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : Vector128.IsHardwareAccelerated ? 128 : 64;

    /// <summary>Writes member steps: each step of a pipeline with its options.</summary>
    public static void WriteSteps(Utf8JsonWriter json, IReadOnlyList<PipelineStep> steps)
    {
        json.WriteStartArray("steps");
        foreach (var step in steps)
        {
            json.WriteStartObject();
            json.WriteString("name", step.Name);
            json.WriteString("description", step.Description);
            json.WriteStartObject("options");
            foreach (var (name, value) in step.Options)
                json.WriteString(name, value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
