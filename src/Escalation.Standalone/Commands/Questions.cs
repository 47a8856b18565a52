using Escalation.Core.Policies;
using Escalation.Standalone.Settings;

namespace Escalation.Standalone.Commands;

/// <summary>
/// Questions to a terminal or a pipe, each in its own lines and each answered by a line. A bad answer is told, and asked for again.
/// </summary>
internal sealed class Questions(TextReader input, TextWriter output, CancellationToken cancel)
{
    /// <param name="offered">Taken for an empty answer; null: there must be one.</param>
    /// <param name="fault">What is wrong with an answer; null: nothing.</param>
    public Task<string> TextAsync(string question, string? offered = null, Func<string, string?>? fault = null) =>
        AskAsync<string>(
            string.IsNullOrEmpty(offered) ? $"{question}:" : $"{question} [{offered}]:",
            answer =>
                answer.Length == 0 && offered is not null ? new(offered)
                : Fault(answer) is { } wrong ? new(null, wrong)
                : fault?.Invoke(answer) is { } wrongToo ? new(null, wrongToo)
                : new(answer)
        );

    /// <summary>One of the choices, by its number or its id.</summary>
    public async Task<Term> ChoiceAsync(string question, IReadOnlyList<Term> choices)
    {
        await ListAsync(choices);
        return await AskAsync<Term>(
            $"{question}, one of 1 to {choices.Count}:",
            answer => Chosen(answer, choices) is { } chosen ? new(chosen) : new(null, NoneOf(answer, choices))
        );
    }

    /// <summary>Several things, with commas between them.</summary>
    /// <param name="read">One of them, or what is wrong with it.</param>
    public Task<IReadOnlyList<T>> SeveralAsync<T>(string question, Func<string, Answer<T>> read)
        where T : class =>
        AskAsync<IReadOnlyList<T>>(
            $"{question}:",
            answer =>
            {
                var answers = answer.Split(',', StringSplitOptions.TrimEntries).Select(read).ToList();
                return answers.FirstOrDefault(a => a.Fault is not null) is { } wrong
                    ? new(null, wrong.Fault)
                    : new([.. answers.Select(a => a.Value!).Distinct()]);
            }
        );

    /// <summary>Asks until the answer is good.</summary>
    /// <exception cref="HostFault">There are no more answers.</exception>
    public async Task<T> AskAsync<T>(string question, Func<string, Answer<T>> read)
        where T : class
    {
        while (true)
        {
            await output.WriteLineAsync(question);
            await output.FlushAsync(cancel);
            var line =
                await input.ReadLineAsync(cancel)
                ?? throw new HostFault("The answers ended before the last question: nothing is written.");
            var answer = read(line.Trim());
            if (answer.Value is { } value)
                return value;
            await output.WriteLineAsync($"  {answer.Fault}");
        }
    }

    /// <summary>With their numbers.</summary>
    public async Task ListAsync(IReadOnlyList<Term> choices)
    {
        foreach (var (i, choice) in choices.Index())
            await output.WriteLineAsync($"  {i + 1}  {choice.Id}: {choice.Name}");
    }

    public Task SayAsync(string line) => output.WriteLineAsync(line);

    public static Term? Chosen(string answer, IReadOnlyList<Term> choices) =>
        int.TryParse(answer, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? choices.ElementAtOrDefault(number - 1)
            : choices.FirstOrDefault(c => c.Id.Equals(answer, StringComparison.OrdinalIgnoreCase));

    public static string NoneOf(string answer, IReadOnlyList<Term> choices) =>
        answer.Length == 0
            ? "An answer is needed."
            : $"'{answer}' is not in the list{PolicyWords.Meant(answer, choices.Select(c => c.Id))}";

    private static string? Fault(string answer) =>
        answer.Length == 0 ? "An answer is needed."
        : answer.Length > OwnPolicyDocument.LongestText
            ? $"That is too long: {OwnPolicyDocument.LongestText:N0} characters at the most."
        : answer.Any(char.IsControl) ? "That holds a character that cannot be printed."
        : null;
}

/// <summary>What was read of an answer, or what is wrong with it.</summary>
internal sealed record Answer<T>(T? Value, string? Fault = null)
    where T : class;
