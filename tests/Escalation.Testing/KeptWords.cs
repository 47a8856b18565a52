namespace Escalation.Testing;

/// <summary>Words that a file beside the tests holds, to be compared, or to be written anew where a change is meant.</summary>
public static class KeptWords
{
    /// <summary>Null where the file holds this text; else the first line that is another.</summary>
    /// <param name="write">The variable of the environment that has the file written, as <c>1</c>.</param>
    public static string? Difference(string file, string text, string write)
    {
        if (Environment.GetEnvironmentVariable(write) == "1")
            File.WriteAllText(file, text);
        var was = File.Exists(file) ? File.ReadAllText(file) : "";
        if (was == text)
            return null;
        var (before, after) = (was.Split('\n'), text.Split('\n'));
        var at = before.Zip(after).TakeWhile(l => l.First == l.Second).Count();
        return $"{file}: line {at + 1} was '{before.ElementAtOrDefault(at)}' and is '{after.ElementAtOrDefault(at)}'. "
            + $"If that is meant: {write}=1.";
    }
}
