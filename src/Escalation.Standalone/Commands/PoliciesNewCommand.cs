using System.CommandLine;
using System.Globalization;
using System.Text;
using Escalation.Core.Policies;
using Escalation.Standalone.Settings;

namespace Escalation.Standalone.Commands;

/// <summary><c>policies new</c>: needs no data folder. Its questions go where faults go, so that its output is what it did.</summary>
internal sealed class PoliciesNewCommand : DetailedCommand
{
    private readonly Argument<string> _file = new("FILE") { Description = "The policy document to write" };

    public PoliciesNewCommand()
        : base(
            "new",
            "Ask for a partnership's procedure and write a first policy document",
            """
            Each question takes a line; where [an answer] is offered, an empty line takes it. What is wrong with an answer
            is said, and the question is asked again. The answers can also come from a file: policies new FILE < ANSWERS.
            What the questions leave open is decided, and marked as a local setting in the document. Nothing is written
            before the last answer, and never over a file that exists.
            """
        )
    {
        Add(_file);
        SetAction(AskAsync);
    }

    private async Task AskAsync(ParseResult parsed, CancellationToken cancel)
    {
        var (file, terminal) = (parsed.GetRequiredValue(_file), (Terminal)parsed.InvocationConfiguration);
        if (Path.Exists(file))
            throw new HostFault($"{file}: it exists already, and is left as it is. Give the name of a new file.");
        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file))))
            throw new HostFault($"{file}: its folder does not exist.");
        var first = await new PolicyInterview(new(terminal.Input, terminal.Error, cancel)).AskAsync();
        var document = Encoding.UTF8.GetBytes(first.ToJson());
        var reading = OwnPolicyDocument.Read(file, document);
        var policy = reading.Policy ?? throw PolicyFile.Faulty(file, reading.Errors);
        await WriteAsync(file, document, cancel);
        await terminal.Output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                {PolicyFile.Described(file, policy)}: written. {LocalSetting.Of(
                    policy
                ).Count} rules in it are local settings.
                Next:
                - policies check {file}  says what is wrong with it, after each change
                - policies show {file}   prints its stages, the dates of a case that nobody answers, and the local settings
                - policies add {file}    stores it; from then on new cases are opened under it
                """
            )
        );
    }

    private static async Task WriteAsync(string file, byte[] document, CancellationToken cancel)
    {
        try
        {
            await using var written = new FileStream(file, FileMode.CreateNew);
            await written.WriteAsync(document, cancel);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HostFault($"{file}: it cannot be written: {e.Message}", e);
        }
    }
}
