using System.CommandLine;
namespace MLPath.Tool.Commands;
internal static class PredictCommand { public static Command Create(ToolHost host) => new("predict"); }
internal static class EvaluateCommand { public static Command Create(ToolHost host) => new("evaluate"); }
internal static class DescribeCommand { public static Command Create(ToolHost host) => new("describe"); }
internal static class TrainCommand { public static Command Create(ToolHost host) => new("train"); }
internal static class CompareCommand { public static Command Create(ToolHost host) => new("compare"); }
