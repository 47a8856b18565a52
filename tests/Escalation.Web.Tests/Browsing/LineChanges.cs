using System.Text;

namespace Escalation.Web.Tests.Browsing;

/// <summary>Which lines of a text are others than before.</summary>
internal static class LineChanges
{
    private const int MostShown = 6;

    /// <summary>
    /// Lines that went, after <c>-</c>, and that came, after <c>+</c>; over each run of them the line above it, for the place. Of many that
    /// went together the first and the last. The whole text where there was none; empty where nothing changed.
    /// </summary>
    public static string Between(string? before, string after)
    {
        if (before is null)
            return after + "\n";
        if (before == after)
            return "";
        var (was, now) = (before.Split('\n'), after.Split('\n'));
        var common = Common(was, now);
        var (text, i, j) = (new StringBuilder(), 0, 0);
        while (i < was.Length || j < now.Length)
        {
            if (i < was.Length && j < now.Length && was[i] == now[j])
            {
                (i, j) = (i + 1, j + 1);
                continue;
            }
            if (j > 0)
                text.Append("  ").Append(now[j - 1]).Append('\n');
            var (went, came) = (new List<string>(), new List<string>());
            while ((i < was.Length || j < now.Length) && !(i < was.Length && j < now.Length && was[i] == now[j]))
                if (j == now.Length || (i < was.Length && common[i + 1, j] >= common[i, j + 1]))
                    went.Add(was[i++]);
                else
                    came.Add(now[j++]);
            if (went.Count > MostShown)
                went = [went[0], $"({went.Count - 2} lines)", went[^1]];
            foreach (var line in went)
                text.Append("- ").Append(line).Append('\n');
            foreach (var line in came)
                text.Append("+ ").Append(line).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>How many lines the two have in common from these two on, in order.</summary>
    private static int[,] Common(string[] was, string[] now)
    {
        var common = new int[was.Length + 1, now.Length + 1];
        for (var i = was.Length - 1; i >= 0; i--)
        for (var j = now.Length - 1; j >= 0; j--)
            common[i, j] = was[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        return common;
    }
}
