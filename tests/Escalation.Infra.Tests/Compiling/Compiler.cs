using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;

namespace Escalation.Infra.Tests.Compiling;

/// <summary>One process of the compiler, asked by JSON-RPC: starting one for each question takes longer than all the answers.</summary>
internal static class Compiler
{
    private static readonly Lock CaseChange = new();
    private static readonly Lazy<Process> Running = new(Start);
    private static int _asked;

    public static JsonNode Ask(string method, JsonObject what)
    {
        lock (CaseChange)
        {
            var question = new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["id"] = ++_asked,
                ["method"] = method,
                ["params"] = new JsonArray(what),
            };
            Write(Running.Value.StandardInput.BaseStream, question.ToJsonString());
            var answer = JsonNode.Parse(Read(Running.Value.StandardOutput.BaseStream))!;
            return answer["result"]?.DeepClone() ?? throw new InvalidOperationException(answer.Text("error.message"));
        }
    }

    private static void Write(Stream to, string message)
    {
        var bytes = Encoding.UTF8.GetBytes(message);
        to.Write(
            Encoding.ASCII.GetBytes(
                string.Create(CultureInfo.InvariantCulture, $"Content-Length: {bytes.Length}\r\n\r\n")
            )
        );
        to.Write(bytes);
        to.Flush();
    }

    private static string Read(Stream from)
    {
        var length = 0;
        for (var line = ReadLine(from); line.Length > 0; line = ReadLine(from))
        {
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                length = int.Parse(line.AsSpan(line.IndexOf(':') + 1), CultureInfo.InvariantCulture);
        }
        var bytes = new byte[length];
        from.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    private static string ReadLine(Stream from)
    {
        var line = new StringBuilder();
        for (var next = from.ReadByte(); next != '\n'; next = from.ReadByte())
            line.Append(next >= 0 ? (char)next : throw new InvalidOperationException("The compiler has ended."));
        return line.ToString().Trim();
    }

    /// <summary>
    /// From the package that the project restores, or from the PATH where that has none for this machine. It ends with its input.
    /// </summary>
    private static Process Start()
    {
        var given = typeof(Compiler)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .SingleOrDefault(a => a.Key == "Bicep");
        var start = new ProcessStartInfo(given?.Value ?? "bicep", ["jsonrpc", "--stdio"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return Process.Start(start)!;
    }
}
