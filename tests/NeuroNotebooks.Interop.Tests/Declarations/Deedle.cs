// What of Deedle 7.0.1 the adapters use, and no more. Sources, in the public repository fslaborg/Deedle:
//   Frame.ReadReader(IDataReader)           src/Deedle/FrameExtensions.fs: rows by ordinal numbers, columns by field names, DBNull missing
//   frame.ToDataTable(rowKeyNames)          the same file, FrameExtensions; src/Deedle/FrameUtils.fs, toDataTable: key columns first, missing
//                                           values DBNull, "Mismatching number of row keys" for another count of names
//   series.ObservationsAll                  src/Deedle/Series.fs: pairs of key and OptionalValue, missing values included
//   OptionalValue.HasValue, Value           src/Deedle/Common/Common.fs
// NaN is missing everywhere in Deedle (its documentation, "Handling missing values").
#nullable disable
#pragma warning disable IDE0161, CA1000, CA1711, CA1815

using System.Data;

namespace Deedle
{
    public readonly struct OptionalValue<T>
    {
        private readonly T _value;

        internal OptionalValue(T value) => (_value, HasValue) = (value, true);

        public bool HasValue { get; }

        public T Value => HasValue ? _value : throw new InvalidOperationException("OptionalValue.Value: Value is not available");
    }

    public class Series<TKey, TValue>
    {
        private readonly KeyValuePair<TKey, OptionalValue<TValue>>[] _observations;

        public Series(IEnumerable<KeyValuePair<TKey, TValue>> observations) =>
            _observations = [.. observations.Select(pair => KeyValuePair.Create(pair.Key, Present(pair.Value)))];

        public IEnumerable<KeyValuePair<TKey, OptionalValue<TValue>>> ObservationsAll => _observations;

        private static OptionalValue<TValue> Present(TValue value) => value is null or double.NaN ? default : new(value);
    }

    public class Frame<TRowKey, TColumnKey>
    {
        internal Frame(IReadOnlyList<TRowKey> rows, IReadOnlyList<(TColumnKey Key, Type Type, object[] Cells)> columns) =>
            (Rows, Columns) = (rows, columns);

        internal IReadOnlyList<TRowKey> Rows { get; }

        internal IReadOnlyList<(TColumnKey Key, Type Type, object[] Cells)> Columns { get; }
    }

    public static class Frame
    {
        public static Frame<int, string> ReadReader(IDataReader reader)
        {
            ArgumentNullException.ThrowIfNull(reader);
            var rows = new List<object[]>();
            while (reader.Read())
            {
                object[] cells = new object[reader.FieldCount];
                reader.GetValues(cells);
                rows.Add([.. cells.Select(cell => cell is DBNull or double.NaN ? null : cell)]);
            }
            var columns = Enumerable.Range(0, reader.FieldCount)
                .Select(i => (reader.GetName(i), reader.GetFieldType(i), rows.Select(row => row[i]).ToArray()));
            return new Frame<int, string>([.. Enumerable.Range(0, rows.Count)], [.. columns]);
        }
    }

    public static class FrameExtensions
    {
        public static DataTable ToDataTable<TRowKey, TColumnKey>(this Frame<TRowKey, TColumnKey> frame, IEnumerable<string> rowKeyNames)
        {
            ArgumentNullException.ThrowIfNull(frame);
            var table = new DataTable();
            if (rowKeyNames.Count() != 1) throw new ArgumentException("Mismatching number of row keys", nameof(rowKeyNames));
            table.Columns.Add(new DataColumn(rowKeyNames.Single(), typeof(TRowKey)));
            foreach (var column in frame.Columns) table.Columns.Add(new DataColumn(column.Key.ToString(), column.Type));
            for (int i = 0; i < frame.Rows.Count; i++)
                table.Rows.Add([frame.Rows[i], .. frame.Columns.Select(column => column.Cells[i] ?? DBNull.Value)]);
            return table;
        }
    }
}
