using Microsoft.Azure.Cosmos;

namespace Escalation.Cosmos.Queries;

/// <summary>The conditions of a query, with their parameters.</summary>
internal sealed class Conditions
{
    private readonly List<string> _texts = [];
    private readonly List<(string Name, object Value)> _parameters = [];

    public Conditions And(string text, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        _texts.Add(text);
        foreach (var parameter in parameters)
            _parameters.Add(parameter);
        return this;
    }

    public Conditions AndIf(bool wanted, string text) => wanted ? And(text) : this;

    /// <summary>Adds nothing when the value is null.</summary>
    public Conditions AndIf(string text, string name, object? value) => value is null ? this : And(text, (name, value));

    public QueryDefinition Select(string what, string? order = null)
    {
        var where = _texts.Count == 0 ? "" : $" WHERE {string.Join(" AND ", _texts)}";
        var query = new QueryDefinition($"SELECT {what} FROM c{where}{(order is null ? "" : $" ORDER BY {order}")}");
        foreach (var (name, value) in _parameters)
            query.WithParameter(name, value);
        return query;
    }
}
